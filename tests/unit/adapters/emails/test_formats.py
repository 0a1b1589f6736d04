"""Money and times as people write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from offers.adapters.emails.formats import (
    format_day,
    format_moment,
    format_money,
    language_of,
)
from offers.domain.money import Money

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("money", "english", "french"),
    [
        (Money(2999, "EUR"), "€29.99", "29,99 €"),
        (Money(5, "USD"), "$0.05", "0,05 $"),
        (Money(-123456789, "GBP"), "−£1,234,567.89", "−1 234 567,89 £"),
        (Money(100000, "JPY"), "¥100,000", "100 000 ¥"),
        (Money(1500, "KWD"), "KWD 1.500", "1,500 KWD"),
        (Money(0, "CHF"), "CHF 0.00", "0,00 CHF"),
    ],
)
def test_money(money: Money, english: str, french: str) -> None:
    for language, expected in (("en", english), ("fr", french)):
        shown = format_money(money, language)
        assert " " not in shown  # so that no line ends between a number and its currency
        assert shown.replace("\u00a0", " ").replace("\u202f", " ") == expected


def test_a_day_is_the_readers_day() -> None:
    late = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
    assert plain(format_day(late, "en", UTC)) == "31 March 2026"
    assert plain(format_day(late, "en", PARIS)) == "1 April 2026"
    assert plain(format_day(late, "fr", PARIS)) == "1er avril 2026"
    assert plain(format_day(late + timedelta(days=1), "fr", PARIS)) == "2 avril 2026"


def test_a_moment_says_whose_clock() -> None:
    moment = datetime(2026, 12, 24, 17, 5, tzinfo=UTC)
    assert plain(format_moment(moment, "en", UTC)) == "24 December 2026 at 17:05 (UTC)"
    assert plain(format_moment(moment, "fr", PARIS)) == "24 décembre 2026 à 18:05 (CET)"


@pytest.mark.parametrize(
    ("locale", "language"),
    [("en", "en"), ("fr-CA", "fr"), ("FR_fr", "fr"), ("de-DE", "en"), ("", "en"), ("../fr", "en")],
)
def test_the_language_of_a_locale(locale: str, language: str) -> None:
    assert language_of(locale) == language


def plain(shown: str) -> str:
    return shown.replace("\u00a0", " ")
