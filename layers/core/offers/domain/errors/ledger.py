"""Facts that stop a movement of money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.domain.errors import DomainError

if TYPE_CHECKING:
    from offers.domain.credit import Credit
    from offers.domain.money import Money


class InsufficientBalance(DomainError):
    code = "insufficient_balance"

    def __init__(self, balance: Money, price: Money) -> None:
        super().__init__(f"The balance is {balance}, the price {price}.")
        self.balance = balance
        self.price = price


class AlreadyCredited(DomainError):
    """An ``external_reference`` stands in the ledger once, for ever; ``first`` is what has it.

    The store raises it without: what violates its index has not been read.
    """

    code = "already_credited"

    def __init__(self, first: Credit | None = None) -> None:
        super().__init__(
            "What this external_reference names was credited before."
            if first is None
            else f"This external_reference was credited before: {first}."
        )
        self.first = first
