"""A user's own transactions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.errors import TransactionNotFound

if TYPE_CHECKING:
    from offers.domain.ids import TransactionId, UserId
    from offers.domain.transaction import Transaction
    from offers.ports.pages import Page, PageRequest
    from offers.ports.store import Reading
    from offers.ports.transactions import TransactionQuery


@dataclass(frozen=True)
class ListTransactions:
    """Newest first; the query names the user."""

    reading: Reading

    def __call__(self, query: TransactionQuery, request: PageRequest) -> Page[Transaction]:
        """Raises InvalidCursor or StoreUnavailable."""
        with self.reading() as store:
            return store.transactions.page(query, request)


@dataclass(frozen=True)
class GetTransaction:
    """One transaction, from the store."""

    reading: Reading

    def __call__(self, user_id: UserId, transaction_id: TransactionId) -> Transaction:
        """Raises TransactionNotFound (also for somebody else's) or StoreUnavailable."""
        with self.reading() as store:
            transaction = store.transactions.get(transaction_id)
        if transaction.user_id != user_id:
            raise TransactionNotFound
        return transaction
