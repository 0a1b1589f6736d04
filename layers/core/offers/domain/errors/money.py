"""What is no amount of money here."""

from __future__ import annotations

from offers.domain.errors import DomainError


class InvalidMoney(DomainError):
    code = "invalid_money"

    def __init__(self, text: str) -> None:
        super().__init__(f"Not an amount of money: {text[:40]!r}.")


class CurrencyMismatch(DomainError):
    code = "currency_mismatch"

    def __init__(self, expected: str, given: str) -> None:
        super().__init__(f"The account is kept in {expected}, not in {given}.")
