"""What is due in the lives of subscriptions: keyset pages over partial indexes, so that a page
costs what it holds and not what there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, literal, or_, select
from sqlalchemy.dialects.postgresql import INTERVAL

from offers.adapters.postgres.machinery.keyset import Keyset
from offers.adapters.postgres.tables import (
    deactivations,
    notifications,
    offers,
    renewals,
    subscriptions,
    users,
)
from offers.domain.deactivation import DeactivationStatus
from offers.domain.due_task import DueTask, Task
from offers.domain.ids import SubscriptionId
from offers.domain.notification import Notice
from offers.domain.renewal import SHORTEST_LEAD_SHARE
from offers.domain.subscription import SubscriptionStatus
from offers.ports.store.sweeps import Unreminded

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, RowMapping

    from offers.adapters.postgres.machinery.statements import Statements
    from offers.domain.renewal import RenewalRules
    from offers.ports.pages import Page, PageRequest

_KEY = (subscriptions.c.expires_at, subscriptions.c.id)
_UNREMINDED = Keyset("due:reminders", _KEY)
_RENEWALS = Keyset("due:renewals", _KEY)
_EXPIRIES = Keyset("due:expiries", _KEY)
_DEACTIVATIONS = Keyset(
    "due:deactivations", (deactivations.c.next_try_at, deactivations.c.operation_id)
)

_IS_ACTIVE = subscriptions.c.status == SubscriptionStatus.ACTIVE
# Looked up row by row instead of joined, so that a page is read in the index's order and no further
# than it reaches, whatever the planner believes about the rest.
_NEXT_TRY_AT = (
    select(renewals.c.next_try_at)
    .where(renewals.c.subscription_id == subscriptions.c.id)
    .where(renewals.c.period == subscriptions.c.expires_at)
    .scalar_subquery()
)
_DURATION_DAYS = (
    select(offers.c.duration_days).where(offers.c.id == subscriptions.c.offer_id).scalar_subquery()
)
_SOONEST = select(*_KEY).where(_IS_ACTIVE)


@dataclass(frozen=True, slots=True)
class PostgresSweeps:
    """Keeps the promises of offers.ports.store.sweeps.Sweeps."""

    statements: Statements

    def unreminded(
        self, day: int, after: datetime, until: datetime, request: PageRequest
    ) -> Page[Unreminded]:
        told = exists().where(
            notifications.c.subscription_id == subscriptions.c.id,
            notifications.c.period == subscriptions.c.expires_at,
            notifications.c.notice == f"{Notice.REMINDER}_{day}",
        )
        query = (
            select(*_KEY, users.c.time_zone)
            .join(users, users.c.id == subscriptions.c.user_id)
            .where(_IS_ACTIVE, subscriptions.c.cancelled_at.is_(None))
            .where(subscriptions.c.expires_at > after, subscriptions.c.expires_at <= until)
            .where(users.c.is_active, users.c.reminders_off_at.is_(None), ~told)
        )
        return _UNREMINDED.page(self.statements, query, request, _unreminded_of)

    def renewals(self, at: datetime, rules: RenewalRules, request: PageRequest) -> Page[DueTask]:
        in_time = and_(at >= _NEXT_TRY_AT, subscriptions.c.expires_at > at - rules.grace)
        query = (
            _SOONEST.where(subscriptions.c.auto_renew)
            .where(subscriptions.c.expires_at <= at + rules.lead)
            .where(subscriptions.c.expires_at - _lead(rules) <= at)
            .where(or_(_NEXT_TRY_AT.is_(None), in_time))
        )
        return _RENEWALS.page(self.statements, query, request, _task(Task.RENEW))

    def expiries(self, at: datetime, rules: RenewalRules, request: PageRequest) -> Page[DueTask]:
        is_given_up = and_(
            subscriptions.c.expires_at <= at - rules.grace, _NEXT_TRY_AT.is_not(None)
        )
        query = _SOONEST.where(subscriptions.c.expires_at <= at).where(
            or_(subscriptions.c.auto_renew.is_(False), is_given_up)
        )
        return _EXPIRIES.page(self.statements, query, request, _task(Task.EXPIRE))

    def deactivations(self, at: datetime, request: PageRequest) -> Page[DueTask]:
        query = select(deactivations).where(
            deactivations.c.status == DeactivationStatus.PENDING, deactivations.c.next_try_at <= at
        )
        return _DEACTIVATIONS.page(self.statements, query, request, _deactivation_task)


def _lead(rules: RenewalRules) -> ColumnElement[timedelta]:
    """RenewalRules.lead_of in SQL."""
    share = literal(timedelta(days=1) / SHORTEST_LEAD_SHARE, INTERVAL)
    return func.least(literal(rules.lead, INTERVAL), _DURATION_DAYS * share, type_=INTERVAL)


def _task(task: Task) -> Any:
    def task_of(row: RowMapping) -> DueTask:
        return DueTask(task, SubscriptionId(row[subscriptions.c.id]))

    return task_of


def _deactivation_task(row: RowMapping) -> DueTask:
    return DueTask(Task.DEACTIVATE, SubscriptionId(row[deactivations.c.subscription_id]))


def _unreminded_of(row: RowMapping) -> Unreminded:
    return Unreminded(
        subscription_id=SubscriptionId(row[subscriptions.c.id]),
        expires_at=row[subscriptions.c.expires_at],
        time_zone=row[users.c.time_zone],
    )
