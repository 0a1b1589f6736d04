"""Which end names which period."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from offers.domain.errors.subscriptions import SubscriptionChanged
from offers.domain.renewal_intention import require_period_named
from tests.factories import NOW, a_customer, a_purchase, a_top_up, an_account, an_offer

USER = a_customer()
SUBSCRIPTION = replace(
    a_purchase(USER, a_top_up(an_account(USER), "50.00")[0], an_offer()).subscription,
    expires_at=NOW,
)


@pytest.mark.parametrize(
    "seen",
    [NOW, NOW.replace(microsecond=0), NOW.astimezone(timezone(timedelta(hours=-9)))],
    ids=["as shown", "without fractions", "elsewhere"],
)
def test_the_end_that_was_shown_is_known_again(seen: datetime) -> None:
    require_period_named(SUBSCRIPTION, seen)


@pytest.mark.parametrize(
    "seen",
    [
        NOW - timedelta(seconds=1),
        NOW + timedelta(days=30),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(9999, 12, 31, tzinfo=timezone(timedelta(hours=-12))),
    ],
)
def test_another_end_is_another_period(seen: datetime) -> None:
    with pytest.raises(SubscriptionChanged) as refusal:
        require_period_named(SUBSCRIPTION, seen)
    assert refusal.value.expires_at == NOW.astimezone(UTC)
