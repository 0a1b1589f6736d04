"""The status projection: may vanish at any time; the truth is in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from offers.domain.ids import TransactionId
    from offers.domain.transaction import Transaction


class TransactionStatusStore(Protocol):
    """The latest known state of transactions, by id."""

    def publish(self, transaction: Transaction) -> None:
        """Store it unless a newer version is there already.

        Never raises: the store is a projection.
        """

    def find(self, transaction_id: TransactionId) -> Transaction | None:
        """The stored state; None if missing, unreadable or the store is away. Never raises."""
