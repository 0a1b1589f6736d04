"""Subscriptions in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, select, true, update

from offers.adapters.postgres.catalogue.offers import offer_of
from offers.adapters.postgres.machinery.changing import changing
from offers.adapters.postgres.machinery.keyset import Keyset
from offers.adapters.postgres.tables import offers, subscriptions, transactions, users
from offers.domain.errors.subscriptions import SubscriptionNotFound
from offers.domain.ids import SubscriptionId, TransactionId
from offers.domain.money import Money
from offers.domain.subscription import Subscription, SubscriptionStatus
from offers.ports.store.subscriptions import SubscriptionView

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Executable, RowMapping

    from offers.adapters.postgres.machinery.statements import Statements
    from offers.domain.ids import OfferId, UserId
    from offers.ports.pages import Page, PageRequest

_NEWEST = Keyset("subscriptions", (subscriptions.c.id,), is_descending=True)
_SOONEST = Keyset("subscriptions:expiring", (subscriptions.c.expires_at, subscriptions.c.id))

_GET = select(subscriptions).where(subscriptions.c.id == bindparam("id"))
_LOCK = _GET.with_for_update(key_share=True)
_LIVE = (SubscriptionStatus.PENDING, SubscriptionStatus.ACTIVE)
_LOCK_FOR_USER = (
    _GET.join(users, users.c.id == subscriptions.c.user_id)
    .where(subscriptions.c.user_id == bindparam("user_id"), users.c.is_active)
    .with_for_update(key_share=True, of=subscriptions)
)
_LATEST_RENEWABLE = (
    select(subscriptions.c.id)
    .where(subscriptions.c.user_id == bindparam("user_id"))
    .where(subscriptions.c.offer_id == bindparam("offer_id"))
    .where(subscriptions.c.expires_at.is_not(None))
    .where(subscriptions.c.status.in_([*_LIVE, SubscriptionStatus.EXPIRED]))
    .order_by(subscriptions.c.status.in_(_LIVE).desc(), subscriptions.c.expires_at.desc())
    .limit(1)
)
_LAST = (
    select(transactions.c.id)
    .where(transactions.c.subscription_id == subscriptions.c.id)
    .order_by(transactions.c.id.desc())
    .limit(1)
    .lateral("last_transaction")
)
_VIEW = (
    select(subscriptions, offers, _LAST.c.id)
    .join(offers, offers.c.id == subscriptions.c.offer_id)
    .join(_LAST, true())
)
_VIEW_ONE = _VIEW.where(subscriptions.c.id == bindparam("id"))
_FACTS = ("id", "user_id", "offer_id", "created_at")


@dataclass(frozen=True, slots=True)
class PostgresSubscriptions:
    """Keeps the promises of offers.ports.store.subscriptions.Subscriptions."""

    statements: Statements

    def lock_for_user(self, subscription_id: SubscriptionId, user_id: UserId) -> Subscription:
        return subscription_of(self._found(_LOCK_FOR_USER, id=subscription_id, user_id=user_id))

    def get(self, subscription_id: SubscriptionId) -> Subscription:
        return subscription_of(self._found(_GET, id=subscription_id))

    def lock(self, subscription_id: SubscriptionId) -> Subscription:
        return subscription_of(self._found(_LOCK, id=subscription_id))

    def latest_renewable(self, user_id: UserId, offer_id: OfferId) -> SubscriptionId:
        row = self._found(_LATEST_RENEWABLE, user_id=user_id, offer_id=offer_id)
        return SubscriptionId(row[subscriptions.c.id])

    def add(self, subscription: Subscription) -> None:
        self.statements.later(insert(subscriptions), _values(subscription))

    def save(self, subscription: Subscription) -> None:
        changed = update(subscriptions).where(subscriptions.c.id == subscription.id)
        self.statements.later(changed.values(changing(_values(subscription), *_FACTS)))

    def view(self, subscription_id: SubscriptionId) -> SubscriptionView:
        return _view_of(self._found(_VIEW_ONE, id=subscription_id))

    def page(
        self, user_id: UserId, status: SubscriptionStatus | None, request: PageRequest
    ) -> Page[SubscriptionView]:
        query = _VIEW.where(subscriptions.c.user_id == user_id)
        if status is not None:
            query = query.where(subscriptions.c.status == status)
        return _NEWEST.page(self.statements, query, request, _view_of)

    def page_expiring(
        self, user_id: UserId, until: datetime, request: PageRequest
    ) -> Page[SubscriptionView]:
        query = _VIEW.where(
            subscriptions.c.user_id == user_id,
            subscriptions.c.status == SubscriptionStatus.ACTIVE,
            subscriptions.c.expires_at <= until,
        )
        return _SOONEST.page(self.statements, query, request, _view_of)

    def _found(self, statement: Executable, **parameters: Any) -> RowMapping:
        row = self.statements.first(statement, parameters)
        if row is None:
            raise SubscriptionNotFound
        return row


def subscription_of(row: RowMapping) -> Subscription:
    """The subscription that a row of the table describes."""
    return Subscription(
        id=SubscriptionId(row[subscriptions.c.id]),
        user_id=row[subscriptions.c.user_id],
        offer_id=row[subscriptions.c.offer_id],
        price=Money(row[subscriptions.c.price_minor], row[subscriptions.c.currency]),
        status=SubscriptionStatus(row[subscriptions.c.status]),
        auto_renew=row[subscriptions.c.auto_renew],
        created_at=row[subscriptions.c.created_at],
        updated_at=row[subscriptions.c.updated_at],
        starts_at=row[subscriptions.c.starts_at],
        expires_at=row[subscriptions.c.expires_at],
        cancelled_at=row[subscriptions.c.cancelled_at],
    )


def _view_of(row: RowMapping) -> SubscriptionView:
    return SubscriptionView(subscription_of(row), offer_of(row), TransactionId(row[_LAST.c.id]))


def _values(subscription: Subscription) -> dict[str, Any]:
    return {
        "id": subscription.id,
        "user_id": subscription.user_id,
        "offer_id": subscription.offer_id,
        "price_minor": subscription.price.amount_minor,
        "currency": subscription.price.currency,
        "status": subscription.status,
        "auto_renew": subscription.auto_renew,
        "created_at": subscription.created_at,
        "updated_at": subscription.updated_at,
        "starts_at": subscription.starts_at,
        "expires_at": subscription.expires_at,
        "cancelled_at": subscription.cancelled_at,
    }
