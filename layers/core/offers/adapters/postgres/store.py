"""Units of work and readings over one engine."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from offers.adapters.postgres.activation.idempotency import PostgresIdempotency
from offers.adapters.postgres.activation.transactions import PostgresTransactions
from offers.adapters.postgres.administration.audit import PostgresAuditEvents
from offers.adapters.postgres.catalogue.offers import PostgresOffers
from offers.adapters.postgres.customers.users import PostgresUsers
from offers.adapters.postgres.ledger.accounts import PostgresAccounts
from offers.adapters.postgres.ledger.credits import PostgresCredits
from offers.adapters.postgres.ledger.proof import PostgresLedger
from offers.adapters.postgres.machinery.failures import translated
from offers.adapters.postgres.machinery.statements import Statements, TransactionStatements
from offers.adapters.postgres.notifications.notifications import PostgresNotifications
from offers.adapters.postgres.outbox.outbox import PostgresOutbox
from offers.adapters.postgres.partners.partners import PostgresPartners
from offers.adapters.postgres.sessions.password_resets import PostgresPasswordResets
from offers.adapters.postgres.sessions.sessions import PostgresSessions
from offers.adapters.postgres.subscriptions.renewals import PostgresRenewals
from offers.adapters.postgres.subscriptions.subscriptions import PostgresSubscriptions
from offers.adapters.postgres.subscriptions.sweeps import PostgresSweeps
from offers.adapters.postgres.webhooks.deliveries import PostgresWebhookDeliveries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

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
    from offers.ports.store.work import Work


class PostgresWork:
    """The repositories over one connection."""

    def __init__(self, statements: Statements) -> None:
        self.users: Users = PostgresUsers(statements)
        self.accounts: Accounts = PostgresAccounts(statements)
        self.credits: Credits = PostgresCredits(statements)
        self.offers: Offers = PostgresOffers(statements)
        self.subscriptions: Subscriptions = PostgresSubscriptions(statements)
        self.renewals: Renewals = PostgresRenewals(statements)
        self.sweeps: Sweeps = PostgresSweeps(statements)
        self.transactions: Transactions = PostgresTransactions(statements)
        self.outbox: Outbox = PostgresOutbox(statements)
        self.idempotency: Idempotency = PostgresIdempotency(statements)
        self.sessions: Sessions = PostgresSessions(statements)
        self.password_resets: PasswordResets = PostgresPasswordResets(statements)
        self.notifications: Notifications = PostgresNotifications(statements)
        self.ledger: Ledger = PostgresLedger(statements)
        self.partners: Partners = PostgresPartners(statements)
        self.webhook_deliveries: WebhookDeliveries = PostgresWebhookDeliveries(statements)
        self.audit: AuditEvents = PostgresAuditEvents(statements)


class PostgresStore:
    """``unit_of_work`` and ``reading`` are the UnitOfWork and Reading of
    offers.ports.store.work.

    Deadlocks, serialization failures and lost connections end a unit as StoreUnavailable: a
    context manager cannot run its body again, so trying again is the caller's. Only a pooled
    connection that died before the unit's first round trip is replaced without a word.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def unit_of_work(self) -> Iterator[Work]:
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
    def reading(self) -> Iterator[Work]:
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
