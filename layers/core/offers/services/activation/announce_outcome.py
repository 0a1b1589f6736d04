"""Tell the customer, and the partner if one ordered, how a transaction ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.ids import NotificationId
from offers.domain.notification import Notice, Notification
from offers.domain.transaction import Channel, TransactionKind, TransactionStatus

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ending import Ending
    from offers.domain.money import Money
    from offers.domain.offer import Offer
    from offers.domain.outbox import OutboxMessage
    from offers.domain.partner import Partner
    from offers.domain.user import User
    from offers.ports.ids import NewId
    from offers.ports.store.work import Work
    from offers.services.notifications.notify_user import NotifyUser, Told
    from offers.services.webhooks.announce_webhook import AnnounceWebhook, Event

_NOTICES = {
    (TransactionKind.ACTIVATION, TransactionStatus.SUCCESS): Notice.ACTIVATION_SUCCEEDED,
    (TransactionKind.ACTIVATION, TransactionStatus.FAILED): Notice.ACTIVATION_FAILED,
    (TransactionKind.RENEWAL, TransactionStatus.SUCCESS): Notice.RENEWAL_SUCCEEDED,
    (TransactionKind.RENEWAL, TransactionStatus.FAILED): Notice.RENEWAL_FAILED,
}


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a transaction concerns, and what about: read before anything is locked.

    ``balance`` is the customer's, who need not be the payer.
    """

    user: User
    offer: Offer
    partner: Partner | None
    balance: Money


@dataclass(frozen=True, slots=True)
class Announcement:
    """What tells of an ending, written; nothing of it is stored yet."""

    audience: Audience
    ending: Ending
    told: Told | None
    event: Event | None

    @property
    def messages(self) -> tuple[OutboxMessage, ...]:
        """What is to be dispatched after the commit."""
        said = (each.message for each in (self.event, self.told) if each is not None)
        return tuple(message for message in said if message is not None)

    def store(self, work: Work) -> None:
        """In the settling unit of work, with its last round trip."""
        if self.event is not None:
            work.webhook_deliveries.add(self.event.delivery)
        if self.told is not None:
            work.notifications.add_first(self.told.notification)
        for message in self.messages:
            work.outbox.add(message)


@dataclass(frozen=True)
class AnnounceOutcome:
    """Writes email and webhook without a look at the store, so that it can be done while nothing
    is locked.
    """

    announce_webhook: AnnounceWebhook
    notify: NotifyUser
    new_id: NewId

    def __call__(self, audience: Audience, ending: Ending, at: datetime) -> Announcement:
        """To be stored by whoever settles the transaction."""
        event = self.announce_webhook(audience.partner, ending.transaction, at)
        return Announcement(audience, ending, self._email(audience, ending, at), event)

    def _email(self, audience: Audience, ending: Ending, at: datetime) -> Told | None:
        """A partner's failed order is the partner's to explain."""
        transaction = ending.transaction
        notice = _NOTICES[transaction.kind, transaction.status]
        if transaction.channel is Channel.PARTNER and notice is Notice.ACTIVATION_FAILED:
            return None
        facts = {
            "offer": audience.offer,
            "transaction": transaction,
            "subscription": ending.subscription,
            "balance": ending.balance,
        }
        notification = Notification(
            id=NotificationId(self.new_id()),
            user_id=audience.user.id,
            notice=notice,
            created_at=at,
            transaction_id=transaction.id,
            subscription_id=ending.subscription.id,
        )
        return self.notify.write(audience.user, notification, facts)
