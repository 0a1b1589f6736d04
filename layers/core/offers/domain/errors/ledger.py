"""Facts that stop a movement of money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.domain.errors import DomainError

if TYPE_CHECKING:
    from offers.domain.money import Money


class InsufficientBalance(DomainError):
    code = "insufficient_balance"

    def __init__(self, balance: Money, price: Money) -> None:
        super().__init__(f"The balance is {balance}, the price {price}.")
        self.balance = balance
        self.price = price
