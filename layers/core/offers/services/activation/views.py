"""What is read about transactions, and nothing decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.errors.activation import TransactionNotFound
from offers.services.administration.administrators import administrator

if TYPE_CHECKING:
    from offers.domain.ids import TransactionId, UserId
    from offers.domain.story import StoryEvent
    from offers.domain.transaction import Transaction
    from offers.ports.pages import Page, PageRequest
    from offers.ports.store.transactions import TransactionQuery, TransactionView
    from offers.ports.store.work import Reading


@dataclass(frozen=True)
class SearchTransactions:
    """Everybody's transactions, with names."""

    reading: Reading

    def __call__(
        self, admin_id: UserId, query: TransactionQuery, request: PageRequest
    ) -> Page[TransactionView]:
        """Raises NotPermitted, InvalidCursor or StoreUnavailable."""
        with self.reading() as store:
            administrator(store, admin_id)
            return store.transactions.search(query, request)


@dataclass(frozen=True)
class TellTransaction:
    """A transaction and everything recorded about it, in time order."""

    reading: Reading

    def __call__(
        self, admin_id: UserId, transaction_id: TransactionId
    ) -> tuple[TransactionView, tuple[StoryEvent, ...]]:
        """Raises NotPermitted, TransactionNotFound or StoreUnavailable."""
        with self.reading() as store:
            administrator(store, admin_id)
            view = store.transactions.view(transaction_id)
            return view, store.transactions.story(transaction_id)


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
