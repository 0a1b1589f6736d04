"""Renewals and deactivations in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.dialects.postgresql import insert

from offers.adapters.postgres.activation.transaction_rows import transaction_of
from offers.adapters.postgres.machinery.changing import changing
from offers.adapters.postgres.machinery.compiled import compiled, parameters
from offers.adapters.postgres.subscriptions.rows import (
    deactivation_of,
    deactivation_values,
    renewal_of,
    renewal_values,
)
from offers.adapters.postgres.tables import deactivations, renewals, subscriptions, transactions
from offers.domain.deactivation import DeactivationStatus
from offers.domain.errors.subscriptions import SubscriptionNotFound
from offers.domain.ids import UserId
from offers.domain.renewal import Renewal
from offers.domain.transaction import TransactionKind, TransactionStatus

if TYPE_CHECKING:
    from offers.adapters.postgres.machinery.statements import Statements
    from offers.domain.deactivation import Deactivation
    from offers.domain.ids import SubscriptionId
    from offers.domain.subscription import Subscription
    from offers.domain.transaction import Transaction

_OWNER = select(subscriptions.c.user_id).where(subscriptions.c.id == bindparam("id"))
_OF_SUBSCRIPTION = transactions.c.subscription_id == bindparam("id")
_OPEN_RENEWAL = select(
    exists()
    .where(_OF_SUBSCRIPTION, transactions.c.kind == TransactionKind.RENEWAL)
    .where(transactions.c.status.in_([TransactionStatus.PENDING, TransactionStatus.PROCESSING]))
    .label("is_open")
)
_PAID_BY = (
    select(transactions)
    .where(_OF_SUBSCRIPTION, transactions.c.status == TransactionStatus.SUCCESS)
    .order_by(transactions.c.completed_at.desc(), transactions.c.id.desc())
    .limit(1)
)
_RENEWAL = select(renewals).where(
    renewals.c.subscription_id == bindparam("id"), renewals.c.period == bindparam("period")
)
_ADD_RENEWAL = insert(renewals).values(parameters(renewals, *renewals.c.keys()))
_SAVE_RENEWAL = compiled(
    _ADD_RENEWAL.on_conflict_do_update(
        index_elements=["subscription_id", "period"],
        set_={
            name: _ADD_RENEWAL.excluded[name]
            for name in ("announced_price_minor", "currency", "tries", "next_try_at")
        },
    )
)
_LOCK_DEACTIVATION = (
    select(deactivations)
    .where(deactivations.c.subscription_id == bindparam("id"))
    .where(deactivations.c.status == DeactivationStatus.PENDING)
    .order_by(deactivations.c.created_at, deactivations.c.operation_id)
    .limit(1)
    .with_for_update(key_share=True)
)
_ADD_DEACTIVATION = compiled(
    insert(deactivations)
    .values(parameters(deactivations, *deactivations.c.keys()))
    .on_conflict_do_nothing()
)
_FACTS = ("operation_id", "subscription_id", "created_at")


@dataclass(frozen=True, slots=True)
class PostgresRenewals:
    """Keeps the promises of offers.ports.store.renewals.Renewals."""

    statements: Statements

    def owner(self, subscription_id: SubscriptionId) -> UserId:
        row = self.statements.first(_OWNER, {"id": subscription_id})
        if row is None:
            raise SubscriptionNotFound
        return UserId(row[subscriptions.c.user_id])

    def has_open_renewal(self, subscription_id: SubscriptionId) -> bool:
        return bool(self.statements.run(_OPEN_RENEWAL, {"id": subscription_id}).scalar_one())

    def paid_by(self, subscription_id: SubscriptionId) -> Transaction | None:
        row = self.statements.first(_PAID_BY, {"id": subscription_id})
        return None if row is None else transaction_of(row)

    def renewal(self, subscription: Subscription) -> Renewal:
        if subscription.expires_at is None:
            raise SubscriptionNotFound
        named = {"id": subscription.id, "period": subscription.expires_at}
        row = self.statements.first(_RENEWAL, named)
        if row is None:
            return Renewal(subscription.id, subscription.expires_at)
        return renewal_of(row)

    def save_renewal(self, renewal: Renewal) -> None:
        self.statements.later(_SAVE_RENEWAL, renewal_values(renewal))

    def lock_deactivation(self, subscription_id: SubscriptionId) -> Deactivation | None:
        row = self.statements.first(_LOCK_DEACTIVATION, {"id": subscription_id})
        return None if row is None else deactivation_of(row)

    def add_deactivation(self, deactivation: Deactivation) -> None:
        self.statements.later(_ADD_DEACTIVATION, deactivation_values(deactivation))

    def save_deactivation(self, deactivation: Deactivation) -> None:
        changed = update(deactivations).where(
            deactivations.c.operation_id == deactivation.operation_id
        )
        self.statements.later(changed.values(changing(deactivation_values(deactivation), *_FACTS)))
