"""Tell the customer, and the partner if one ordered, how a transaction ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.ids import NotificationId
from offers.domain.notification import Notice, Notification
from offers.domain.transaction import Channel, TransactionKind, TransactionStatus

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.outbox import OutboxMessage
    from offers.domain.subscription import Subscription
    from offers.domain.transaction import Transaction
    from offers.ports.ids import NewId
    from offers.ports.store.work import Work
    from offers.services.notifications.notify_user import NotifyUser
    from offers.services.webhooks.announce_webhook import AnnounceWebhook

_NOTICES = {
    (TransactionKind.ACTIVATION, TransactionStatus.SUCCESS): Notice.ACTIVATION_SUCCEEDED,
    (TransactionKind.ACTIVATION, TransactionStatus.FAILED): Notice.ACTIVATION_FAILED,
    (TransactionKind.RENEWAL, TransactionStatus.SUCCESS): Notice.RENEWAL_SUCCEEDED,
    (TransactionKind.RENEWAL, TransactionStatus.FAILED): Notice.RENEWAL_FAILED,
}


@dataclass(frozen=True)
class AnnounceOutcome:
    """Write email and webhook about a settled transaction into the outbox, inside the settling
    unit of work.
    """

    announce_webhook: AnnounceWebhook
    notify: NotifyUser
    new_id: NewId

    def __call__(
        self, work: Work, transaction: Transaction, subscription: Subscription, at: datetime
    ) -> tuple[OutboxMessage, ...]:
        """The messages to dispatch after the commit."""
        webhook = self.announce_webhook(work, transaction, at)
        return (*webhook, *self._email(work, transaction, subscription, at))

    def _email(
        self, work: Work, transaction: Transaction, subscription: Subscription, at: datetime
    ) -> tuple[OutboxMessage, ...]:
        """A partner's failed order is the partner's to explain."""
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
        return self.notify(work, user, notification, facts)
