"""Who may call private addresses: the laptop stack and nobody else."""

from __future__ import annotations

import pytest

from offers.wiring.environment import InvalidSetting
from offers.wiring.settings import WebhookSettings


@pytest.mark.parametrize(("stage", "allowed"), [("local", True), ("dev", False), ("prod", False)])
def test_only_the_laptop_stack_calls_private_addresses(stage: str, allowed: bool) -> None:
    assert WebhookSettings.read({"STAGE": stage}).allows_private is allowed


def test_without_a_stage_nothing_is_assumed() -> None:
    with pytest.raises(InvalidSetting):
        WebhookSettings.read({})
