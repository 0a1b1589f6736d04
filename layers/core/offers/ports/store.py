"""The truth: what services read from and write to PostgreSQL.

Locks are always taken in this order, so that no two units of work can wait for each other: account,
transaction, subscription, partner, webhook delivery (ADR 0001).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from offers.ports.accounts import Accounts, Ledger
    from offers.ports.administration import LedgerEntries, OfferRegister, UserRegister
    from offers.ports.audit import AuditEvents, LedgerVerifications, TransactionStories
    from offers.ports.idempotency import Idempotency
    from offers.ports.lifecycle import Lifecycle, Recipients, Sweeps
    from offers.ports.notifications import Notifications
    from offers.ports.offers import Offers
    from offers.ports.outbox import Outbox
    from offers.ports.partner_orders import PartnerOrders
    from offers.ports.partners import Partners
    from offers.ports.refresh_tokens import RefreshTokens
    from offers.ports.subscriptions import Subscriptions
    from offers.ports.transactions import Transactions
    from offers.ports.users import Users
    from offers.ports.webhooks import WebhookDeliveries


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
"""Opens the same store for single statements, each its own transaction and one round trip."""
