"""Tell the customer how a transaction ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.ids import NotificationId, OutboxMessageId
from offers.domain.notification import Notice, Notification
from offers.domain.outbox import OutboxMessage, Topic
from offers.domain.transaction import Channel, TransactionKind, TransactionStatus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from offers.domain.subscription import Subscription
    from offers.domain.transaction import Transaction
    from offers.domain.user import User
    from offers.ports.emails import EmailWriter
    from offers.ports.ids import NewId
    from offers.ports.store import Work

_NOTICES = {
    (TransactionKind.ACTIVATION, TransactionStatus.SUCCESS): Notice.ACTIVATION_SUCCEEDED,
    (TransactionKind.ACTIVATION, TransactionStatus.FAILED): Notice.ACTIVATION_FAILED,
    (TransactionKind.RENEWAL, TransactionStatus.SUCCESS): Notice.RENEWAL_SUCCEEDED,
    (TransactionKind.RENEWAL, TransactionStatus.FAILED): Notice.RENEWAL_FAILED,
}


@dataclass(frozen=True)
class AnnounceOutcome:
    """Write the email about a settled transaction into the outbox, inside the settling unit of
    work.
    """

    writer: EmailWriter
    new_id: NewId

    def __call__(
        self, work: Work, transaction: Transaction, subscription: Subscription, at: datetime
    ) -> tuple[OutboxMessage, ...]:
        """The messages to dispatch after the commit.

        A partner's failed order is the partner's to explain.
        """
        notice = _NOTICES[transaction.kind, transaction.status]
        if transaction.channel is Channel.PARTNER and notice is Notice.ACTIVATION_FAILED:
            return ()
        user = work.users.get(transaction.user_id)
        facts = {
            "offer": work.offers.get(transaction.offer_id),
            "transaction": transaction,
            "subscription": subscription,
            "balance": work.accounts.of_user(transaction.user_id).balance,
        }
        notification = Notification(
            id=NotificationId(self.new_id()),
            user_id=user.id,
            notice=notice,
            created_at=at,
            transaction_id=transaction.id,
            subscription_id=subscription.id,
        )
        if not work.notifications.add(notification):
            return ()
        message = self._message(notification, user, facts)
        work.outbox.add(message)
        return (message,)

    def _message(
        self, notification: Notification, user: User, facts: Mapping[str, Any]
    ) -> OutboxMessage:
        email = self.writer.write(notification.notice, user, facts)
        return OutboxMessage(
            id=OutboxMessageId(self.new_id()),
            topic=Topic.NOTIFICATION,
            payload={
                "notification_id": str(notification.id),
                "notice": notification.notice,
                "to": user.email,
                "subject": email.subject,
                "text": email.text,
                "html": email.html,
            },
            created_at=notification.created_at,
            deliver_at=notification.created_at,
            transaction_id=notification.transaction_id,
        )
