"""Money in every currency there is, and in none that there is not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from offers.domain.currencies import MINOR_DIGITS, WITHDRAWN
from offers.domain.errors.money import InvalidMoney
from offers.domain.money import MAX_AMOUNT_MINOR, Money, minor_digits

currencies = st.sampled_from(sorted(MINOR_DIGITS))
minors = st.integers(-MAX_AMOUNT_MINOR, MAX_AMOUNT_MINOR)


@given(minors, currencies)
@example(MAX_AMOUNT_MINOR, "JPY")
def test_what_is_written_is_read_as_the_same(amount_minor: int, currency: str) -> None:
    money = Money(amount_minor, currency)
    digits = MINOR_DIGITS[currency]

    assert Money.of(money.amount, currency) == money
    assert len(money.amount.partition(".")[2]) == digits
    assert Decimal(money.amount) * 10**digits == amount_minor


@given(st.decimals(-999_999_999, 999_999_999, places=5), currencies)
def test_no_digit_is_lost(amount: Decimal, currency: str) -> None:
    text = f"{amount.quantize(Decimal(1).scaleb(-MINOR_DIGITS[currency] - 1)):f}"
    try:
        money = Money.of(text, currency)
    except InvalidMoney:
        assert MINOR_DIGITS[currency] == 4 or not text.endswith("0")
    else:
        assert Decimal(money.amount) == Decimal(text)


@pytest.mark.parametrize(
    ("currency", "digits"), [("JPY", 0), ("EUR", 2), ("KWD", 3), ("ISK", 0), ("IQD", 3), ("CLF", 4)]
)
def test_digits_are_those_of_iso_4217(currency: str, digits: int) -> None:
    assert minor_digits(currency) == digits


@pytest.mark.parametrize("code", ["ABC", "ZZZ", "XXX", "XTS", "XAU", "eur", "EU", "", "€", "DEM"])
def test_what_is_no_currency_is_refused(code: str) -> None:
    with pytest.raises(InvalidMoney):
        Money.of("1", code)


def test_what_was_stored_before_stays_readable() -> None:
    assert Money(12345, "ABC").amount == "123.45"
    assert not set(MINOR_DIGITS) & set(WITHDRAWN)
