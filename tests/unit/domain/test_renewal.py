"""What automatic renewal may cost, when it is tried, when it is given up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from offers.domain.errors.catalogue import OfferNotAvailable
from offers.domain.ids import SubscriptionId
from offers.domain.offer import OfferStatus
from offers.domain.renewal import RETRY_EVERY, Renewal, RenewalRules, lower
from tests.contract.values import a_subscription
from tests.factories import NOW, an_offer, money, new_id

if TYPE_CHECKING:
    from offers.domain.subscription import Subscription

RULES = RenewalRules(lead=timedelta(hours=24), grace=timedelta(days=3))
END = NOW + timedelta(days=30)
DAY, HOUR, TICK = timedelta(days=1), timedelta(hours=1), timedelta(microseconds=1)


def a_renewal(**fields: Any) -> Renewal:
    return Renewal(SubscriptionId(new_id()), END, **fields)


def renewing(**fields: Any) -> Subscription:
    return a_subscription(auto_renew=True, expires_at=END, **fields)


@pytest.mark.parametrize(
    ("announced", "paid", "now", "charged"),
    [
        (None, "20.00", "30.00", "20.00"),
        (None, "30.00", "20.00", "20.00"),
        ("25.00", "20.00", "30.00", "25.00"),
        ("25.00", "20.00", "22.00", "22.00"),
    ],
)
def test_never_more_than_announced_nor_than_last_time(
    announced: str | None, paid: str, now: str, charged: str
) -> None:
    renewal = a_renewal(announced=None if announced is None else money(announced))
    price = renewal.automatic_price(renewing(price=money(paid)), an_offer(now))
    assert price == money(charged)


def test_an_announcement_is_only_ever_lowered() -> None:
    renewal = a_renewal().announce(money("25.00")).announce(money("30.00"))
    assert renewal.announced == money("25.00")
    assert renewal.announce(money("20.00")).announced == money("20.00")


def test_another_currency_is_left_to_the_account_to_refuse() -> None:
    assert lower(money("30.00", "USD"), money("20.00")) == money("30.00", "USD")


def test_is_tried_first_at_the_lead_and_then_once_a_day_until_grace_ends() -> None:
    offer, subscription = an_offer(), renewing()
    renewal, start = a_renewal(), END - 24 * HOUR
    assert not renewal.is_due(subscription, offer, RULES, start - TICK)
    assert renewal.is_due(subscription, offer, RULES, start)
    assert renewal.is_due(subscription, offer, RULES, END + 365 * DAY)  # nobody tried yet

    tried = renewal.tried(start)
    assert tried.tries == 1
    assert not tried.is_due(subscription, offer, RULES, start + RETRY_EVERY - TICK)
    assert tried.is_due(subscription, offer, RULES, start + RETRY_EVERY)
    assert tried.is_due(subscription, offer, RULES, END + 3 * DAY - TICK)
    assert not tried.is_due(subscription, offer, RULES, END + 3 * DAY)


def test_is_never_tried_unasked() -> None:
    subscription = a_subscription(auto_renew=False, expires_at=END)
    assert not a_renewal().is_due(subscription, an_offer(), RULES, END)


def test_runs_out_at_the_end_or_after_grace_where_it_was_tried() -> None:
    unasked = a_subscription(auto_renew=False, expires_at=END)
    assert not a_renewal().has_run_out(unasked, RULES, END - TICK)
    assert a_renewal().has_run_out(unasked, RULES, END)

    tried = a_renewal().tried(END - DAY)
    assert not tried.has_run_out(renewing(), RULES, END + 3 * DAY - TICK)
    assert tried.has_run_out(renewing(), RULES, END + 3 * DAY)
    assert not a_renewal().has_run_out(renewing(), RULES, END + 30 * DAY)


def test_who_has_an_offer_keeps_it_when_it_is_sold_no_more() -> None:
    gone = an_offer(status=OfferStatus.RETIRED, valid_until=NOW - DAY)
    gone.require_renewable(NOW)
    for never in (an_offer(status=OfferStatus.DRAFT), an_offer(valid_from=NOW + DAY)):
        with pytest.raises(OfferNotAvailable):
            never.require_renewable(NOW)
