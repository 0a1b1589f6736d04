"""Tell a customer that the balance does not suffice for a renewal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.ids import NotificationId
from offers.domain.notification import Notice, Notification

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.errors.ledger import InsufficientBalance
    from offers.domain.offer import Offer
    from offers.domain.outbox import OutboxMessage
    from offers.domain.renewal import Renewal, RenewalRules
    from offers.domain.subscription import Subscription
    from offers.ports.ids import NewId
    from offers.ports.store.work import Work
    from offers.services.notifications.notify_user import NotifyUser


@dataclass(frozen=True)
class AnnounceUnpaid:
    """One email for each try, in the unit of work that records the try."""

    notify: NotifyUser
    new_id: NewId
    renewal_rules: RenewalRules

    def __call__(
        self,
        work: Work,
        subscription: Subscription,
        offer: Offer,
        tried: Renewal,
        refusal: InsufficientBalance,
        at: datetime,
    ) -> tuple[OutboxMessage, ...]:
        """The message to dispatch after the commit."""
        ends_at = tried.period_end + self.renewal_rules.grace
        next_try_at = tried.next_try_at
        is_last = next_try_at is None or next_try_at >= ends_at
        facts = {
            "offer": offer,
            "subscription": subscription,
            "price": refusal.price,
            "balance": refusal.balance,
            "missing": refusal.price - refusal.balance,
            "next_try_at": None if is_last else next_try_at,
            "ends_at": max(ends_at, at),
        }
        notification = Notification(
            id=NotificationId(self.new_id()),
            user_id=subscription.user_id,
            notice=Notice.RENEWAL_UNPAID,
            created_at=at,
            subscription_id=subscription.id,
            period_end=tried.period_end,
            number=tried.tries,
        )
        user = work.users.get(subscription.user_id)
        return self.notify(work, user, notification, facts)
