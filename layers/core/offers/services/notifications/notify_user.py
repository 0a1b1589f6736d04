"""Write an email to a customer into the outbox."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offers.domain.ids import OutboxMessageId
from offers.domain.messages import CustomerEmail
from offers.domain.notification import NotificationStatus
from offers.domain.outbox import OutboxMessage
from offers.domain.user import EmailStatus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from offers.domain.notification import Email, Notification
    from offers.domain.user import User
    from offers.ports.ids import NewId
    from offers.ports.outside.emails import EmailWriter
    from offers.ports.store.work import Work

NO_HEADERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Told:
    """A notification, and the message that carries it; None to an address that takes no email."""

    notification: Notification
    message: OutboxMessage | None


@dataclass(frozen=True)
class NotifyUser:
    """Inside the unit of work whose change it tells of; no notice is given twice."""

    email_writer: EmailWriter
    new_id: NewId

    def __call__(
        self,
        work: Work,
        user: User,
        notification: Notification,
        facts: Mapping[str, Any],
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> tuple[OutboxMessage, ...]:
        """The message to dispatch after the commit; none if it was told before.

        To an address that bounced or complained nothing is sent; that is recorded instead.
        """
        if not work.notifications.add(_as_it_goes(notification, user)):
            return ()
        message = self.write(user, notification, facts, headers).message
        if message is None:
            return ()
        work.outbox.add(message)
        return (message,)

    def write(
        self,
        user: User,
        notification: Notification,
        facts: Mapping[str, Any],
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> Told:
        """The same in words, of which nothing is stored yet."""
        told = _as_it_goes(notification, user)
        if told.status is NotificationStatus.SUPPRESSED:
            return Told(told, None)
        email = self.email_writer.write(notification.notice, user, facts)
        return Told(told, self._message(notification, user, email, headers))

    def _message(
        self, notification: Notification, user: User, email: Email, headers: Mapping[str, str]
    ) -> OutboxMessage:
        return OutboxMessage(
            id=OutboxMessageId(self.new_id()),
            content=CustomerEmail(
                notification_id=notification.id,
                to=user.email,
                subject=email.subject,
                text=email.text,
                html=email.html,
                headers=headers,
                notice=notification.notice,
            ),
            created_at=notification.created_at,
            deliver_at=notification.created_at,
            transaction_id=notification.transaction_id,
        )


def _as_it_goes(notification: Notification, user: User) -> Notification:
    if user.email_status is EmailStatus.DELIVERABLE:
        return notification
    return replace(notification, status=NotificationStatus.SUPPRESSED)
