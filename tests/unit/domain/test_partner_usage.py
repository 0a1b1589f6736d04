"""How many activations a partner may start."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from offers.domain.errors.partners import ActivationLimitReached
from offers.domain.ids import PartnerId
from offers.domain.partner_usage import ActivationLimits, PartnerUsage, Window
from tests.factories import new_id

LATE = datetime(2026, 3, 14, 23, 58, 40, 500_000, tzinfo=UTC)


def unused(at: datetime = LATE) -> PartnerUsage:
    long_ago = Window(at - timedelta(days=30))
    return PartnerUsage(PartnerId(new_id()), minute=long_ago, day=long_ago)


def test_the_minute_is_over_when_the_clock_says_so() -> None:
    limits = ActivationLimits(per_minute=2, per_day=100)
    usage = unused().count_activation(limits, LATE).count_activation(limits, LATE)

    with pytest.raises(ActivationLimitReached) as refusal:
        usage.count_activation(limits, LATE)
    assert refusal.value.retry_after_seconds == 20
    after = LATE + timedelta(seconds=20)
    assert usage.count_activation(limits, after).minute.count == 1
    assert usage.count_activation(limits, after).day.count == 3


def test_the_day_ends_at_midnight_utc() -> None:
    limits = ActivationLimits(per_minute=100, per_day=1)
    usage = unused().count_activation(limits, LATE)

    with pytest.raises(ActivationLimitReached) as refusal:
        usage.count_activation(limits, LATE)
    assert refusal.value.retry_after_seconds == 80
    midnight = datetime(2026, 3, 15, tzinfo=UTC)
    assert usage.count_activation(limits, midnight).day.count == 1


def test_it_is_always_worth_waiting_a_second() -> None:
    limits = ActivationLimits(per_minute=1, per_day=100)
    almost = LATE.replace(second=59, microsecond=999_999)

    with pytest.raises(ActivationLimitReached) as refusal:
        unused().count_activation(limits, almost).count_activation(limits, almost)
    assert refusal.value.retry_after_seconds == 1


def test_a_clock_that_is_behind_gains_nothing() -> None:
    limits = ActivationLimits(per_minute=1, per_day=100)
    usage = unused().count_activation(limits, LATE)

    with pytest.raises(ActivationLimitReached):
        usage.count_activation(limits, LATE - timedelta(minutes=2))
