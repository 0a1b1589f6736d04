"""The truth: what services read from and write to PostgreSQL.

Locks are always taken in this order, so that no two units of work can wait for each other: account,
then transaction, then subscription (ADR 0001).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from offers.domain.account import Account, LedgerEntry
    from offers.domain.idempotency import IdempotencyKey
    from offers.domain.ids import (
        AccountId,
        NotificationId,
        OfferId,
        PartnerId,
        SubscriptionId,
        TokenFamilyId,
        TransactionId,
        UserId,
    )
    from offers.domain.ledger_report import LedgerReport
    from offers.domain.notification import Notification, NotificationStatus
    from offers.domain.offer import Category, Offer, OfferStatus
    from offers.domain.outbox import OutboxMessage
    from offers.domain.refresh_token import RefreshToken
    from offers.domain.subscription import Subscription, SubscriptionStatus
    from offers.domain.transaction import Transaction, TransactionKind, TransactionStatus
    from offers.domain.user import User
    from offers.ports.administration import LedgerEntries, OfferRegister, UserRegister
    from offers.ports.audit import AuditEvents, LedgerVerifications, TransactionStories
    from offers.ports.lifecycle import Lifecycle, Recipients, Sweeps
    from offers.ports.pages import Page, PageRequest
    from offers.ports.partner_orders import PartnerOrders
    from offers.ports.partners import Partners
    from offers.ports.webhooks import WebhookDeliveries


class Users(Protocol):
    """People who can sign in."""

    def get(self, user_id: UserId) -> User:
        """Raise UserNotFound for an unknown id."""

    def find_by_username(self, username: str) -> User | None:
        """Usernames are compared without regard to case."""

    def save_password_hash(self, user_id: UserId, password_hash: str) -> None:
        """Store a hash made with newer parameters."""


class Accounts(Protocol):
    """Balances and the entries that explain them."""

    def of_user(self, user_id: UserId) -> Account:
        """Read without locking. Raise UserNotFound if the user has none."""

    def lock_for_user(self, user_id: UserId) -> Account:
        """Hold the row until the unit of work ends.

        Raise UserNotFound for an unknown or deactivated user.
        """

    def lock(self, account_id: AccountId) -> Account:
        """Hold the row until the unit of work ends."""

    def move(self, account: Account, entry: LedgerEntry) -> None:
        """Store the new balance together with its entry."""


@dataclass(frozen=True, slots=True)
class OfferQuery:
    """``status`` None means active and retired; drafts only with ``include_drafts``.

    ``available_at`` keeps offers that can be bought at that moment. ``sort`` is one of name, price,
    created_at, each with ``-`` in front for descending.
    """

    search: str = ""
    category: Category | None = None
    status: OfferStatus | None = None
    available_at: datetime | None = None
    include_drafts: bool = False
    sort: str = "name"


class Offers(Protocol):
    """The catalogue."""

    def get(self, offer_id: OfferId) -> Offer:
        """Raise OfferNotFound for an unknown id."""

    def page(self, query: OfferQuery, request: PageRequest) -> Page[Offer]:
        """Offers that match, ``search`` in name, description or code without regard to case."""


@dataclass(frozen=True, slots=True)
class SubscriptionView:
    """A subscription as its owner sees it: with its offer and the last transaction on it."""

    subscription: Subscription
    offer: Offer
    transaction_id: TransactionId


class Subscriptions(Protocol):
    """Who is subscribed to what."""

    def lock_for_user(self, subscription_id: SubscriptionId, user_id: UserId) -> Subscription:
        """Hold the row. Raise SubscriptionNotFound unless it exists and is this user's."""

    def lock(self, subscription_id: SubscriptionId) -> Subscription:
        """Hold the row. Raise SubscriptionNotFound for an unknown id."""

    def latest_renewable(self, user_id: UserId, offer_id: OfferId) -> SubscriptionId:
        """The user's active, else most recently expired, subscription to an offer; or
        SubscriptionNotFound.
        """

    def add(self, subscription: Subscription) -> None:
        """Raise AlreadySubscribed (now, or when the unit of work commits) if the user has a live
        one.
        """

    def save(self, subscription: Subscription) -> None:
        """Store a changed subscription. The status may move only as the domain allows."""

    def view(self, subscription_id: SubscriptionId) -> SubscriptionView:
        """One subscription as its owner sees it."""

    def page(
        self, user_id: UserId, status: SubscriptionStatus | None, request: PageRequest
    ) -> Page[SubscriptionView]:
        """The user's subscriptions, newest first."""

    def page_expiring(
        self, user_id: UserId, until: datetime, request: PageRequest
    ) -> Page[SubscriptionView]:
        """The user's active subscriptions that end by ``until``, soonest first."""


@dataclass(frozen=True, slots=True)
class TransactionQuery:
    """Filters; ``created_from`` is inclusive, ``created_to`` exclusive.

    ``partner_reference`` is unique within a partner, so it goes with ``partner_id``.
    """

    user_id: UserId | None = None
    status: TransactionStatus | None = None
    kind: TransactionKind | None = None
    created_from: datetime | None = None
    created_to: datetime | None = None
    partner_id: PartnerId | None = None
    reference: str | None = None
    partner_reference: str | None = None
    attention_required: bool | None = None


class Transactions(Protocol):
    """Purchases and how they ended."""

    def get(self, transaction_id: TransactionId) -> Transaction:
        """Raise TransactionNotFound for an unknown id."""

    def lock(self, transaction_id: TransactionId) -> Transaction:
        """Hold the row. Raise TransactionNotFound for an unknown id."""

    def add(self, transaction: Transaction) -> None:
        """Raise RenewalInProgress (now, or at commit) for a second renewal of one period."""

    def save(self, transaction: Transaction) -> None:
        """Store the next version of a locked transaction."""

    def page(self, query: TransactionQuery, request: PageRequest) -> Page[Transaction]:
        """Newest first."""

    def unsettled_since(
        self, before: datetime, limit: int, given_up_before: datetime | None = None
    ) -> tuple[TransactionId, ...]:
        """Open transactions last touched before ``before`` whose lease (if any) has passed, oldest
        first.

        With ``given_up_before`` also without those whose message still waits in the outbox, unless
        they were accepted before it.
        """


class Outbox(Protocol):
    """Messages that must reach a queue."""

    def add(self, message: OutboxMessage) -> None:
        """Store it in the same commit as the change that it announces."""

    def take_due(self, at: datetime, limit: int, until: datetime) -> tuple[OutboxMessage, ...]:
        """Due messages, oldest first, each with one more attempt counted, and not due again before
        ``until``.

        One statement, so that no lock outlives it; rows that another relay is taking are skipped.
        """

    def delete(self, messages: tuple[OutboxMessage, ...]) -> None:
        """They are in their queues now."""

    def postpone(self, message: OutboxMessage, until: datetime, error: str) -> None:
        """It could not be sent: say why, and try again at ``until``."""


class Idempotency(Protocol):
    """Which request already had which result."""

    def claim(self, key: IdempotencyKey, result_id: UUID, at: datetime) -> UUID:
        """Bind the key to ``result_id`` and return it; bound before, return the earlier result's
        id.

        Waits a moment for a twin that is still running. Raises IdempotencyInProgress if it goes on,
        and IdempotencyKeyReused if the key was used with another request.
        """

    def delete_before(self, before: datetime, limit: int) -> int:
        """Forget at most ``limit`` keys claimed before ``before``; how many went."""


class RefreshTokens(Protocol):
    """Sessions that can be prolonged."""

    def lock(self, token_hash: bytes) -> RefreshToken:
        """Hold the row. Raise InvalidToken for an unknown hash."""

    def add(self, token: RefreshToken) -> None:
        """Store a new token."""

    def save(self, token: RefreshToken) -> None:
        """Store that it was spent."""

    def revoke_family(self, family_id: TokenFamilyId, at: datetime) -> None:
        """No token of the family works any more."""

    def delete_expired(self, before: datetime, limit: int) -> int:
        """Forget at most ``limit`` tokens that expired before ``before``; how many went."""


class Notifications(Protocol):
    """Emails, and what became of them."""

    def add(self, notification: Notification) -> bool:
        """Store it; False if this (subscription, notice, period) was announced before."""

    def settle(
        self, notification_id: NotificationId, status: NotificationStatus, at: datetime, error: str
    ) -> None:
        """Record a delivery's outcome; ``sent`` is never overwritten."""


class Ledger(Protocol):
    """The whole ledger at once."""

    def verify(self, at: datetime, examples: int) -> LedgerReport:
        """Check every rule over all rows, with at most ``examples`` breaches of each."""


class Work(Protocol):
    """Everything one unit of work can reach."""

    users: Users
    accounts: Accounts
    offers: Offers
    subscriptions: Subscriptions
    transactions: Transactions
    outbox: Outbox
    idempotency: Idempotency
    refresh_tokens: RefreshTokens
    notifications: Notifications
    lifecycle: Lifecycle
    sweeps: Sweeps
    recipients: Recipients
    ledger: Ledger
    partners: Partners
    partner_orders: PartnerOrders
    webhook_deliveries: WebhookDeliveries
    ledger_entries: LedgerEntries
    ledger_verifications: LedgerVerifications
    user_register: UserRegister
    offer_register: OfferRegister
    audit: AuditEvents
    stories: TransactionStories


UnitOfWork = Callable[[], AbstractContextManager[Work]]
"""Opens one database transaction: leaving the block commits, an exception rolls back.

Raises StoreUnavailable (offers.ports.errors) when the database cannot be reached; deadlocks and
serialization failures are reported as StoreUnavailable too, with nothing committed.
"""

Reading = Callable[[], AbstractContextManager[Work]]
"""Opens the same store for single statements, each its own transaction:

for reading, one round trip each.
"""
