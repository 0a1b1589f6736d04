"""End a subscription whose time is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.deactivation import Deactivation
from offers.domain.due_task import SubscriptionStep
from offers.domain.ids import NotificationId
from offers.domain.notification import Notice, Notification
from offers.domain.subscription import SubscriptionStatus

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import SubscriptionId
    from offers.domain.outbox import OutboxMessage
    from offers.domain.renewal import Renewal, RenewalRules
    from offers.domain.subscription import Subscription
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.store.work import UnitOfWork, Work
    from offers.services.notifications.notify_user import NotifyUser
    from offers.services.outbox.dispatch_messages import DispatchMessages
    from offers.services.subscriptions.deactivate_service import DeactivateService


@dataclass(frozen=True)
class ExpireSubscription:
    """Never while a renewal is open: its outcome decides.

    Whoever accepts or settles a renewal holds the subscription's row, as this does, so the two
    cannot miss each other; no account needs to be locked, since no money moves.
    """

    unit_of_work: UnitOfWork
    notify: NotifyUser
    dispatch: DispatchMessages
    deactivate: DeactivateService
    clock: Clock
    new_id: NewId
    renewal_rules: RenewalRules

    def __call__(self, subscription_id: SubscriptionId) -> SubscriptionStep:
        """Raises SubscriptionNotFound or StoreUnavailable."""
        at = self.clock()
        with self.unit_of_work() as work:
            subscription = work.subscriptions.lock(subscription_id)
            if subscription.status is not SubscriptionStatus.ACTIVE:
                return SubscriptionStep.NOTHING_DUE
            renewal = work.renewals.renewal(subscription)
            if not renewal.has_run_out(subscription, self.renewal_rules, at):
                return SubscriptionStep.NOTHING_DUE
            if work.renewals.has_open_renewal(subscription_id):
                return SubscriptionStep.NOTHING_DUE
            messages = self._end(work, subscription, renewal, at)
        self.dispatch(messages)
        self.deactivate(subscription_id)  # if that fails, the sweep sees to it
        return SubscriptionStep.EXPIRED

    def _end(
        self, work: Work, subscription: Subscription, renewal: Renewal, at: datetime
    ) -> tuple[OutboxMessage, ...]:
        ended = subscription.expire(at)
        work.subscriptions.save(ended)
        paid = work.renewals.paid_by(subscription.id)
        if paid is not None:
            work.renewals.add_deactivation(
                Deactivation(paid.id, subscription.id, at, created_at=at, updated_at=at)
            )
        offer = work.offers.get(subscription.offer_id)
        notification = Notification(
            id=NotificationId(self.new_id()),
            user_id=subscription.user_id,
            notice=Notice.SUBSCRIPTION_ENDED,
            created_at=at,
            subscription_id=subscription.id,
            period_end=renewal.period_end,
        )
        user = work.users.get(subscription.user_id)
        can_renew = user.is_active and offer.is_available(at)
        facts = {"offer": offer, "subscription": ended, "can_renew": can_renew}
        return self.notify(work, user, notification, facts)
