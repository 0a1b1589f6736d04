"""Facts that stop a movement of money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.domain.errors import DomainError, NotFound

if TYPE_CHECKING:
    from offers.domain.credit import Credit, CreditRequest
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


class CreditRequested(DomainError):
    """A credit with this external reference waits for a second administrator; ``request`` is it.

    The store raises it without: what violates its index has not been read.
    """

    code = "already_requested"

    def __init__(self, request: CreditRequest | None = None) -> None:
        super().__init__("A credit with this external_reference waits for a second administrator.")
        self.request = request


class CreditRequestNotFound(NotFound):
    code = "credit_request_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such credit.")


class CreditRequestSettled(DomainError):
    """It was approved or rejected, or has expired; none of these changes any more."""

    code = "credit_request_settled"

    def __init__(self, status: str) -> None:
        super().__init__(f"This credit is {status} already.")


class SecondAdministratorNeeded(DomainError):
    """Nobody decides about what they asked for, or about money to themselves."""

    code = "second_administrator_needed"

    def __init__(self) -> None:
        super().__init__("Another administrator must decide about this credit.")
