"""Units of work and readings over one engine."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from offers.adapters.postgres.accounts import PostgresAccounts
from offers.adapters.postgres.audit import PostgresAuditEvents, PostgresLedgerVerifications
from offers.adapters.postgres.due import PostgresSweeps
from offers.adapters.postgres.failures import translated
from offers.adapters.postgres.idempotency import PostgresIdempotency
from offers.adapters.postgres.ledger import PostgresLedger
from offers.adapters.postgres.ledger_entries import PostgresLedgerEntries
from offers.adapters.postgres.lifecycle import PostgresLifecycle
from offers.adapters.postgres.notifications import PostgresNotifications
from offers.adapters.postgres.offer_register import PostgresOfferRegister
from offers.adapters.postgres.offers import PostgresOffers
from offers.adapters.postgres.outbox import PostgresOutbox
from offers.adapters.postgres.partner_orders import PostgresPartnerOrders
from offers.adapters.postgres.partners import PostgresPartners
from offers.adapters.postgres.recipients import PostgresRecipients
from offers.adapters.postgres.refresh_tokens import PostgresRefreshTokens
from offers.adapters.postgres.statements import Statements, TransactionStatements
from offers.adapters.postgres.stories import PostgresTransactionStories
from offers.adapters.postgres.subscriptions import PostgresSubscriptions
from offers.adapters.postgres.transactions import PostgresTransactions
from offers.adapters.postgres.user_register import PostgresUserRegister
from offers.adapters.postgres.users import PostgresUsers
from offers.adapters.postgres.webhook_deliveries import PostgresWebhookDeliveries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

    from offers.ports import administration, audit, lifecycle, store
    from offers.ports.accounts import Accounts, Ledger
    from offers.ports.idempotency import Idempotency
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


class PostgresWork:
    """The repositories over one connection."""

    def __init__(self, statements: Statements) -> None:
        self.users: Users = PostgresUsers(statements)
        self.accounts: Accounts = PostgresAccounts(statements)
        self.offers: Offers = PostgresOffers(statements)
        self.subscriptions: Subscriptions = PostgresSubscriptions(statements)
        self.transactions: Transactions = PostgresTransactions(statements)
        self.outbox: Outbox = PostgresOutbox(statements)
        self.idempotency: Idempotency = PostgresIdempotency(statements)
        self.refresh_tokens: RefreshTokens = PostgresRefreshTokens(statements)
        self.notifications: Notifications = PostgresNotifications(statements)
        self.lifecycle: lifecycle.Lifecycle = PostgresLifecycle(statements)
        self.sweeps: lifecycle.Sweeps = PostgresSweeps(statements)
        self.recipients: lifecycle.Recipients = PostgresRecipients(statements)
        self.ledger: Ledger = PostgresLedger(statements)
        self.partners: Partners = PostgresPartners(statements)
        self.partner_orders: PartnerOrders = PostgresPartnerOrders(statements)
        self.webhook_deliveries: WebhookDeliveries = PostgresWebhookDeliveries(statements)
        self.ledger_entries: administration.LedgerEntries = PostgresLedgerEntries(statements)
        self.ledger_verifications: audit.LedgerVerifications = PostgresLedgerVerifications(
            statements
        )
        self.user_register: administration.UserRegister = PostgresUserRegister(statements)
        self.offer_register: administration.OfferRegister = PostgresOfferRegister(statements)
        self.audit: audit.AuditEvents = PostgresAuditEvents(statements)
        self.stories: audit.TransactionStories = PostgresTransactionStories(statements)


class PostgresStore:
    """``unit_of_work`` and ``reading`` are the UnitOfWork and Reading of offers.ports.store.

    Deadlocks, serialization failures and lost connections end a unit as StoreUnavailable: a
    context manager cannot run its body again, so trying again is the caller's. Only a pooled
    connection that died before the unit's first round trip is replaced without a word.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def unit_of_work(self) -> Iterator[store.Work]:
        """One transaction. Writes without a result are sent with the next read or with the
        COMMIT."""
        with self._connection() as connection:
            statements = TransactionStatements(connection)
            try:
                yield PostgresWork(statements)
                statements.commit()
            except BaseException:
                statements.roll_back()
                raise

    @contextmanager
    def reading(self) -> Iterator[store.Work]:
        """Single statements, each committed at once, one round trip each."""
        with self._connection() as connection:
            yield PostgresWork(Statements(connection))

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        with translated():
            connection = self._engine.connect()
        try:
            yield connection
        finally:
            connection.close()
