"""Money: integer minor units plus an ISO 4217 currency. Never a float."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from offers.domain.currencies import MINOR_DIGITS, WITHDRAWN
from offers.domain.errors.money import CurrencyMismatch, InvalidMoney

_CURRENCY = re.compile(r"[A-Z]{3}")
_AMOUNT = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,4})?")
MAX_AMOUNT_MINOR = 10**15
"""The largest amount either side of zero, in minor units:

fits a PostgreSQL bigint with room for sums.
"""


def minor_digits(currency: str) -> int:
    """How many digits follow the decimal point in this currency (ISO 4217).

    Two for a code that is on no list: it can only be stored from before codes were looked up.
    """
    return MINOR_DIGITS.get(currency, WITHDRAWN.get(currency, 2))


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one currency; may be negative.

    What is stored stays readable whatever became of its currency; what comes in is checked by
    ``of``.
    """

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        if not _CURRENCY.fullmatch(self.currency):
            raise InvalidMoney(self.currency)
        if abs(self.amount_minor) > MAX_AMOUNT_MINOR:
            raise InvalidMoney(str(self.amount_minor))

    @classmethod
    def of(cls, amount: str, currency: str) -> Money:
        """Parse a decimal string such as ``"29.99"``.

        Raises InvalidMoney for anything else, for more digits than the currency has, and for what
        is no currency of ISO 4217 (any more).
        """
        if currency not in MINOR_DIGITS:
            raise InvalidMoney(currency)
        if not _AMOUNT.fullmatch(amount):
            raise InvalidMoney(amount)
        minor = Decimal(amount).scaleb(minor_digits(currency))
        if minor != minor.to_integral_value():
            raise InvalidMoney(amount)
        return cls(int(minor), currency)

    @property
    def amount(self) -> str:
        """The decimal string of the wire, with exactly the currency's digits:

        ``"29.99"``, ``"500"`` (JPY).
        """
        return str(Decimal(self.amount_minor).scaleb(-minor_digits(self.currency)))

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def __add__(self, other: Money) -> Money:
        return Money(self.amount_minor + self._same_currency(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount_minor - self._same_currency(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount_minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount_minor < self._same_currency(other)

    def _same_currency(self, other: Money) -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(self.currency, other.currency)
        return other.amount_minor
