"""Where webhooks may go: anywhere in the laptop stack, and nowhere else."""

from __future__ import annotations

import pytest

from offers.domain.webhook_url import WEB_PORTS
from offers.wiring.environment import InvalidSetting
from offers.wiring.settings import WebhookSettings


@pytest.mark.parametrize(("stage", "allowed"), [("local", True), ("dev", False), ("prod", False)])
def test_only_the_laptop_stack_calls_private_addresses(stage: str, allowed: bool) -> None:
    assert WebhookSettings.read({"STAGE": stage}).allows_private is allowed


def test_without_a_stage_nothing_is_assumed() -> None:
    with pytest.raises(InvalidSetting):
        WebhookSettings.read({})


def test_ports_are_those_of_the_web_unless_others_are_listed() -> None:
    assert WebhookSettings.read({"STAGE": "prod"}).ports == WEB_PORTS
    listed = {"STAGE": "prod", "WEBHOOK_PORTS": "443, 9443"}
    assert sorted(WebhookSettings.read(listed).ports or ()) == [443, 9443]
    assert WebhookSettings.read({"STAGE": "local", "WEBHOOK_PORTS": "443"}).ports is None
    for wrong in ("0", "65536", "443,", "https", "²"):
        with pytest.raises(InvalidSetting, match="WEBHOOK_PORTS"):
            WebhookSettings.read({"STAGE": "prod", "WEBHOOK_PORTS": wrong})
