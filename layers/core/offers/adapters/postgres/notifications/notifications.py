"""Notifications in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, update
from sqlalchemy.dialects.postgresql import insert

from offers.adapters.postgres.machinery.compiled import compiled, parameters
from offers.adapters.postgres.tables import notifications
from offers.domain.notification import NotificationStatus

if TYPE_CHECKING:
    from datetime import datetime

    from offers.adapters.postgres.machinery.statements import Statements
    from offers.domain.ids import NotificationId
    from offers.domain.notification import Notification

_LONGEST_ERROR = 500

_NEW = [
    "id",
    "user_id",
    "notice",
    "created_at",
    "transaction_id",
    "subscription_id",
    "period",
    "status",
]
_ADD_ONCE = compiled(
    insert(notifications)
    .values(parameters(notifications, *_NEW))
    .on_conflict_do_nothing()
    .returning(notifications.c.id)
)
_ADD = compiled(insert(notifications).values(parameters(notifications, *_NEW)))
_SETTLE = (
    update(notifications)
    .where(notifications.c.id == bindparam("notification_id"))
    .where(notifications.c.status != NotificationStatus.SENT)
    .values(status=bindparam("outcome"), settled_at=bindparam("at"), error=bindparam("cause"))
)


@dataclass(frozen=True, slots=True)
class PostgresNotifications:
    """Keeps the promises of offers.ports.store.notifications.Notifications."""

    statements: Statements

    def add(self, notification: Notification) -> bool:
        """A round trip of its own: the answer decides whether an email is written."""
        return self.statements.first(_ADD_ONCE, _values(notification)) is not None

    def add_first(self, notification: Notification) -> None:
        self.statements.later(_ADD, _values(notification))

    def settle(
        self, notification_id: NotificationId, status: NotificationStatus, at: datetime, error: str
    ) -> None:
        self.statements.later(
            _SETTLE,
            {
                "notification_id": notification_id,
                "outcome": status,
                "at": at,
                "cause": error[:_LONGEST_ERROR] or None,
            },
        )


def _values(notification: Notification) -> dict[str, Any]:
    return {
        "id": notification.id,
        "user_id": notification.user_id,
        "notice": notification.key,
        "created_at": notification.created_at,
        "transaction_id": notification.transaction_id,
        "subscription_id": notification.subscription_id,
        "period": notification.period_end,
        "status": notification.status,
    }
