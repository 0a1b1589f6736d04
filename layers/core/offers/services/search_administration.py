"""What administrators look at. Nothing here changes anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from offers.services.administrators import administrator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from offers.domain.audit import AuditEvent
    from offers.domain.ids import TransactionId, UserId
    from offers.domain.offer import Offer
    from offers.domain.story import StoryEvent
    from offers.domain.transaction import Transaction
    from offers.ports.administration import UserQuery, UserView
    from offers.ports.audit import AuditQuery
    from offers.ports.offers import OfferQuery
    from offers.ports.pages import Page, PageRequest
    from offers.ports.store import Reading
    from offers.ports.transactions import TransactionQuery
    from offers.services.verify_ledger import VerifyLedger


@dataclass(frozen=True)
class SearchOffers:
    """The whole catalogue, drafts too, straight from the store."""

    reading: Reading

    def __call__(self, admin_id: UserId, query: OfferQuery, request: PageRequest) -> Page[Offer]:
        """Raises NotPermitted, InvalidCursor or StoreUnavailable."""
        with self.reading() as store:
            administrator(store, admin_id)
            return store.offers.page(query, request)


@dataclass(frozen=True)
class SearchUsers:
    """Users with their balances, newest first."""

    reading: Reading

    def __call__(self, admin_id: UserId, query: UserQuery, request: PageRequest) -> Page[UserView]:
        """Raises NotPermitted, InvalidCursor or StoreUnavailable."""
        with self.reading() as store:
            administrator(store, admin_id)
            return store.user_register.page(query, request)


@dataclass(frozen=True)
class SearchTransactions:
    """Everybody's transactions, newest first."""

    reading: Reading

    def __call__(
        self, admin_id: UserId, query: TransactionQuery, request: PageRequest
    ) -> Page[Transaction]:
        """Raises NotPermitted, InvalidCursor or StoreUnavailable."""
        with self.reading() as store:
            administrator(store, admin_id)
            return store.transactions.page(query, request)


@dataclass(frozen=True)
class TellTransaction:
    """A transaction and everything recorded about it, in time order."""

    reading: Reading

    def __call__(
        self, admin_id: UserId, transaction_id: TransactionId
    ) -> tuple[Transaction, tuple[StoryEvent, ...]]:
        """Raises NotPermitted, TransactionNotFound or StoreUnavailable."""
        with self.reading() as store:
            administrator(store, admin_id)
            transaction = store.transactions.get(transaction_id)
            return transaction, store.stories.tell(transaction_id)


@dataclass(frozen=True)
class LatestLedgerVerification:
    """The document of the newest report; on a stage so new that there is none, of one made now."""

    reading: Reading
    verify: VerifyLedger

    def __call__(self, admin_id: UserId) -> Mapping[str, Any]:
        """Raises NotPermitted or StoreUnavailable."""
        with self.reading() as store:
            administrator(store, admin_id)
            report = store.ledger_verifications.latest()
        return self.verify().document() if report is None else report


@dataclass(frozen=True)
class ListAuditEvents:
    """Who changed what, newest first."""

    reading: Reading

    def __call__(
        self, admin_id: UserId, query: AuditQuery, request: PageRequest
    ) -> Page[AuditEvent]:
        """Raises NotPermitted, InvalidCursor or StoreUnavailable."""
        with self.reading() as store:
            administrator(store, admin_id)
            return store.audit.page(query, request)
