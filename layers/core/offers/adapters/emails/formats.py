"""Money and times as people write them, in the languages that there are templates for.

A small table instead of Babel, whose data would be half of the dependency layer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.domain.money import minor_digits

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from offers.domain.money import Money

DEFAULT_LANGUAGE = "en"
LANGUAGES = ("en", "fr")

_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
_NO_BREAK = "\N{NO-BREAK SPACE}"
_NARROW_NO_BREAK = "\N{NARROW NO-BREAK SPACE}"
_MINUS = "\N{MINUS SIGN}"
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}


def language_of(locale: str) -> str:
    """The language of a BCP 47 tag (``fr-CA``), or English when there are no templates for it."""
    language = locale.replace("_", "-").split("-", maxsplit=1)[0].lower()
    return language if language in LANGUAGES else DEFAULT_LANGUAGE


def format_money(money: Money, language: str) -> str:
    """``€1,029.99`` in English, ``1 029,99 €`` in French; other currencies by their ISO code."""
    digits = minor_digits(money.currency)
    whole, part = divmod(abs(money.amount_minor), 10**digits)
    fraction = f"{part:0{digits}}" if digits else ""
    sign = _MINUS if money.amount_minor < 0 else ""
    if language == "fr":
        number = f"{whole:,}".replace(",", _NARROW_NO_BREAK) + ("," + fraction if digits else "")
        return f"{sign}{number}{_NO_BREAK}{_SYMBOLS.get(money.currency, money.currency)}"
    number = f"{whole:,}" + ("." + fraction if digits else "")
    symbol = _SYMBOLS.get(money.currency, money.currency + _NO_BREAK)
    return f"{sign}{symbol}{number}"


def format_day(moment: datetime, language: str, zone: tzinfo) -> str:
    """``14 March 2026``, ``1er avril 2026``: the day that it is in the reader's zone."""
    local = moment.astimezone(zone)
    day = "1er" if language == "fr" and local.day == 1 else str(local.day)
    month = _MONTHS[language].split()[local.month - 1]
    return f"{day}{_NO_BREAK}{month}{_NO_BREAK}{local.year}"


def format_moment(moment: datetime, language: str, zone: tzinfo) -> str:
    """The day and the time, with the zone's short name, so that nobody has to guess whose clock."""
    at = "à" if language == "fr" else "at"
    local = moment.astimezone(zone)
    return f"{format_day(moment, language, zone)} {at} {local:%H:%M} ({local:%Z})"
