"""The truth: what services read from and write to PostgreSQL.

Locks are always taken in this order, so that no two units of work can wait for each other: account,
transaction, subscription, partner, webhook delivery (ADR 0001).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from offers.ports.store.accounts import Accounts
    from offers.ports.store.audit import AuditEvents
    from offers.ports.store.credits import Credits
    from offers.ports.store.idempotency import Idempotency
    from offers.ports.store.ledger import Ledger
    from offers.ports.store.notifications import Notifications
    from offers.ports.store.offers import Offers
    from offers.ports.store.outbox import Outbox
    from offers.ports.store.partners import Partners
    from offers.ports.store.password_resets import PasswordResets
    from offers.ports.store.renewals import Renewals
    from offers.ports.store.sessions import Sessions
    from offers.ports.store.subscriptions import Subscriptions
    from offers.ports.store.sweeps import Sweeps
    from offers.ports.store.transactions import Transactions
    from offers.ports.store.users import Users
    from offers.ports.store.webhooks import WebhookDeliveries


class Work(Protocol):
    """Everything one unit of work can reach."""

    users: Users
    accounts: Accounts
    credits: Credits
    offers: Offers
    subscriptions: Subscriptions
    transactions: Transactions
    outbox: Outbox
    idempotency: Idempotency
    sessions: Sessions
    password_resets: PasswordResets
    notifications: Notifications
    renewals: Renewals
    sweeps: Sweeps
    ledger: Ledger
    partners: Partners
    webhook_deliveries: WebhookDeliveries
    audit: AuditEvents


UnitOfWork = Callable[[], AbstractContextManager[Work]]
"""Opens one database transaction: leaving the block commits, an exception rolls back.

Raises StoreUnavailable (offers.ports.errors) when the database cannot be reached; deadlocks and
serialization failures are reported as StoreUnavailable too, with nothing committed.
"""

Reading = Callable[[], AbstractContextManager[Work]]
"""Opens the same store for single statements, each its own transaction and one round trip."""
