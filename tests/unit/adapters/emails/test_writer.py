"""Emails: complete, in the reader's language, and safe whatever names hold."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from jinja2 import UndefinedError

from offers.adapters.emails.formats import LANGUAGES
from offers.adapters.emails.writer import MAX_SUBJECT_LENGTH, TEMPLATES, JinjaEmailWriter
from offers.domain.notification import Email, Notice
from offers.domain.subscription import SubscriptionStatus
from offers.domain.transaction import Channel, Failure
from tests.contract.values import a_subscription, a_transaction
from tests.factories import a_customer, an_offer, money

FAILURE = Failure("address_not_served", "This address is <not> served.")
FAILED = (Notice.ACTIVATION_FAILED, Notice.RENEWAL_FAILED)
OUTCOMES = (*FAILED, Notice.ACTIVATION_SUCCEEDED, Notice.RENEWAL_SUCCEEDED)


def write(
    notice: Notice, locale: str = "en", time_zone: str = "Europe/Paris", **facts: Any
) -> Email:
    failure = FAILURE if notice in FAILED else None
    given = {
        "offer": an_offer(name="Duo & TV"),
        "transaction": a_transaction(failure=failure, reference="REF-23456789ABCD"),
        "subscription": a_subscription(),
        "balance": money("470.01"),
    }
    user = a_customer(locale=locale, time_zone=time_zone, first_name="Zoé")
    return JinjaEmailWriter().write(notice, user, given | facts)


class Balanced(HTMLParser):
    """Every element that is opened is closed, in order."""

    void = frozenset({"meta", "br", "img", "hr", "!doctype"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("notice", OUTCOMES)
def test_every_outcome_is_written_in_every_language(notice: Notice, locale: str) -> None:
    email = write(notice, locale)
    assert "Duo & TV" in email.subject
    assert "\n" not in email.subject
    for body in (email.text, email.html):
        assert "Zoé" in body
        assert "REF-23456789ABCD" in body
        assert ("29,99" if locale == "fr" else "€29.99") in body
        assert ("470,01" if locale == "fr" else "€470.01") in body
    assert not re.search(r"</|<td|&amp;|&#", email.text)
    assert "\n\n\n" not in email.text.strip()


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("notice", OUTCOMES)
def test_the_html_is_whole_and_loads_nothing(notice: Notice, locale: str) -> None:
    html = write(notice, locale).html
    parser = Balanced()
    parser.feed(html)
    assert parser.open == []
    assert f'<html lang="{locale}">' in html
    assert not re.search(r"https?://|url\(|<img|<script|<link|@import", html)


def test_no_template_lacks_a_notice_and_no_notice_a_template() -> None:
    for language in LANGUAGES:
        names = {path.stem for path in (TEMPLATES / language).glob("*.j2")}
        assert names == set(Notice) | {"footer"}


@pytest.mark.parametrize("notice", FAILED)
def test_a_failure_says_why_and_that_the_money_is_back(notice: Notice) -> None:
    email = write(notice)
    assert "This address is <not> served." in email.text
    assert "This address is &lt;not&gt; served." in email.html
    assert "€29.99 is back on your balance, which is now €470.01" in email.text


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("notice", OUTCOMES)
def test_who_did_not_pay_is_not_told_of_money(notice: Notice, locale: str) -> None:
    transaction = a_transaction(channel=Channel.PARTNER)
    email = write(notice, locale, transaction=transaction)
    for body in (email.text, email.html):
        assert "29.99" not in body
        assert "29,99" not in body
        assert "470" not in body


def test_success_says_until_when_on_the_readers_clock() -> None:
    text = write(Notice.ACTIVATION_SUCCEEDED).text
    assert "13\u00a0April\u00a02026 at 11:26 (CEST)" in text


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "/etc/localtime", "../UTC", "Europe", "a\0b"])
def test_an_unknown_zone_is_utc(name: str) -> None:
    assert "09:26 (UTC)" in write(Notice.ACTIVATION_SUCCEEDED, time_zone=name).text


def test_a_failed_renewal_of_an_expired_subscription_promises_no_time() -> None:
    still = write(Notice.RENEWAL_FAILED).text
    over = write(
        Notice.RENEWAL_FAILED, subscription=a_subscription(status=SubscriptionStatus.EXPIRED)
    ).text
    assert "you can try again before then" in still
    assert "until" not in over


def test_an_unknown_language_is_english() -> None:
    assert write(Notice.ACTIVATION_SUCCEEDED, "de-DE").subject == "Duo & TV is active"


def test_names_cannot_break_the_html_or_the_header() -> None:
    hostile = an_offer(name="<script>alert(1)</script>\r\nBcc: all@example.com\n" + "x" * 300)
    email = write(Notice.ACTIVATION_SUCCEEDED, offer=hostile)
    assert "<script>" not in email.html
    assert "\n" not in email.subject
    assert "\r" not in email.subject
    assert len(email.subject) == MAX_SUBJECT_LENGTH


def test_a_fact_that_is_missing_is_an_error_not_a_gap() -> None:
    with pytest.raises(UndefinedError):
        JinjaEmailWriter().write(Notice.ACTIVATION_SUCCEEDED, a_customer(), {"offer": an_offer()})
