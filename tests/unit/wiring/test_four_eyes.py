"""Above which amount a second administrator is needed, as a stage sets it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from offers.wiring.environment import InvalidSetting
from offers.wiring.settings import FourEyesSettings


def read(text: str) -> FourEyesSettings:
    return FourEyesSettings.read({"FOUR_EYES_ABOVE": text})


def test_one_amount_for_all_and_some_for_single_currencies() -> None:
    assert read("10000,JPY=1500000") == FourEyesSettings(
        Decimal(10_000), {"JPY": Decimal(1_500_000)}
    )
    assert read("0").otherwise == 0


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "1,JPY", "1,ABC=5", "1,JPY=", "²"])
def test_anything_else_is_named(text: str) -> None:
    with pytest.raises(InvalidSetting, match="FOUR_EYES_ABOVE"):
        read(text)
