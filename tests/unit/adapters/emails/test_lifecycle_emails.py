"""Reminders, dunning and the end: what they say, in every language."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from offers.adapters.emails.formats import LANGUAGES
from offers.adapters.emails.writer import JinjaEmailWriter
from offers.domain.notification import Email, Notice
from offers.domain.subscription import SubscriptionStatus
from tests.contract.values import a_subscription
from tests.factories import a_customer, an_offer, money

END = datetime(2026, 3, 29, 22, 30, tzinfo=UTC)  # 00:30 the next day in Paris, in summer time
URL = "https://api.example.com/api/v1/notifications/unsubscribe?token=5f0c2a51"


def write(notice: Notice, locale: str = "en", *, auto_renew: bool = False, **facts: Any) -> Email:
    status = facts.pop("status", SubscriptionStatus.ACTIVE)
    given = {
        "offer": an_offer(name="Duo & TV"),
        "subscription": a_subscription(auto_renew=auto_renew, expires_at=END, status=status),
        "price": money("31.99"),
        "old_price": money("29.99"),
        "balance": money("10.00"),
        "missing": None,
        "charge_at": END - timedelta(days=1),
        "can_renew": True,
        "days": 3,
        "unsubscribe_url": URL,
        "next_try_at": END,
        "ends_at": END + timedelta(days=3),
    }
    user = a_customer(locale=locale, time_zone="Europe/Paris", first_name="Zoé")
    return JinjaEmailWriter().write(notice, user, given | facts)


@pytest.mark.parametrize("auto_renew", [True, False])
@pytest.mark.parametrize("missing", [None, money("21.99")])
@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_reminder_says_price_day_balance_and_how_to_stop(
    locale: str, missing: Any, auto_renew: bool
) -> None:
    email = write(Notice.REMINDER, locale, auto_renew=auto_renew, missing=missing)
    price = "31,99" if locale == "fr" else "€31.99"
    day = "30\xa0mars\xa02026 à 00:30 (CEST)" if locale == "fr" else "30\xa0March\xa02026 at 00:30"
    for body in (email.text, email.html):
        assert price in body
        assert day in body
        assert URL in body
        assert ("21,99" in body or "21.99" in body) == (missing is not None)
    assert not re.search(r"</|<td|&amp;|&#", email.text)
    assert "\n\n\n" not in email.text.strip()


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "tomorrow"), (3, "in 3 days")])
def test_a_reminder_counts_days_as_people_do(days: int, words: str) -> None:
    email = write(Notice.REMINDER, days=days)
    assert email.subject == f"Duo & TV ends {words}"
    assert f"ends {words}, on" in email.text


def test_a_reminder_of_what_renews_itself_says_so_and_when_it_is_paid() -> None:
    email = write(Notice.REMINDER, auto_renew=True, balance=money("50.00"))
    assert email.subject == "Duo & TV renews in 3 days"
    assert "renews by itself on 28\xa0March\xa02026 at 23:30 (CET)" in email.text
    assert "from your balance of €50.00, which suffices" in email.text


def test_an_unchanged_price_is_no_news() -> None:
    assert "price changes" not in write(Notice.REMINDER, old_price=money("31.99")).text
    assert "price changes from €29.99 to €31.99" in write(Notice.REMINDER).text


def test_what_cannot_be_renewed_has_no_price() -> None:
    text = write(Notice.REMINDER, can_renew=False).text
    assert "cannot be renewed any more" in text
    assert "31.99" not in text


@pytest.mark.parametrize("locale", LANGUAGES)
def test_dunning_says_what_is_missing_and_what_happens_next(locale: str) -> None:
    more = write(Notice.RENEWAL_UNPAID, locale, missing=money("21.99"))
    last = write(Notice.RENEWAL_UNPAID, locale, missing=money("21.99"), next_try_at=None)
    for email in (more, last):
        assert re.search("21[.,]99", email.text)
        assert re.search("2\xa0(April|avril)\xa02026", email.text)
    assert re.search("try again on|réessaierons le", more.text)
    assert re.search("not try again|ne réessaierons plus", last.text)


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_end_says_how_to_have_it_back(locale: str) -> None:
    expired = write(Notice.SUBSCRIPTION_ENDED, locale, status=SubscriptionStatus.EXPIRED)
    cancelled = write(Notice.SUBSCRIPTION_ENDED, locale, status=SubscriptionStatus.CANCELLED)
    gone = write(Notice.SUBSCRIPTION_ENDED, locale, can_renew=False)
    assert re.search("“Renew”|« Renouveler »", expired.text)
    assert re.search("as you asked|comme vous l’avez demandé", cancelled.text)
    assert not re.search("“Renew”|« Renouveler »", gone.text)
