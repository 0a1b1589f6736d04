"""Remind a customer that a subscription ends, and promise what its renewal will cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.due_task import SubscriptionStep
from offers.domain.ids import NotificationId
from offers.domain.notification import Notice, Notification
from offers.domain.reminder import days_left, due_reminder
from offers.domain.subscription import SubscriptionStatus
from offers.services.subscriptions.renewal_facts import reminder_facts

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import SubscriptionId
    from offers.domain.outbox import OutboxMessage
    from offers.domain.renewal import RenewalRules
    from offers.domain.subscription import Subscription
    from offers.domain.user import User
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.outside.time_zones import ZoneOf
    from offers.ports.store.work import UnitOfWork, Work
    from offers.services.notifications.notify_user import NotifyUser
    from offers.services.notifications.unsubscribe_links import UnsubscribeLinks
    from offers.services.outbox.dispatch_messages import DispatchMessages


@dataclass(frozen=True)
class RemindSubscriber:
    """One email for each of the configured ``days`` and period at most, the most urgent one due."""

    unit_of_work: UnitOfWork
    notify: NotifyUser
    dispatch: DispatchMessages
    clock: Clock
    new_id: NewId
    unsubscribe_links: UnsubscribeLinks
    renewal_rules: RenewalRules
    reminder_days: tuple[int, ...]
    zone_of: ZoneOf

    def __call__(self, subscription_id: SubscriptionId) -> SubscriptionStep:
        """Raises SubscriptionNotFound or StoreUnavailable."""
        at = self.clock()
        with self.unit_of_work() as work:
            messages = self._remind(work, subscription_id, at)
        self.dispatch(messages)
        return SubscriptionStep.REMINDED if messages else SubscriptionStep.NOTHING_DUE

    def _remind(
        self, work: Work, subscription_id: SubscriptionId, at: datetime
    ) -> tuple[OutboxMessage, ...]:
        subscription = work.subscriptions.lock(subscription_id)
        user = work.users.get(subscription.user_id)
        day = self._due(subscription, user, at)
        if day is None or work.renewals.has_open_renewal(subscription_id):
            return ()
        offer = work.offers.get(subscription.offer_id)
        renewal = work.renewals.renewal(subscription).announce(offer.price)
        notification = Notification(
            id=NotificationId(self.new_id()),
            user_id=user.id,
            notice=Notice.REMINDER,
            created_at=at,
            subscription_id=subscription.id,
            period_end=renewal.period_end,
            number=day,
        )
        balance = work.accounts.of_user(user.id).balance
        charge_at = max(renewal.first_or_next_try(offer, self.renewal_rules), at)
        facts = reminder_facts(subscription, offer, renewal, charge_at, balance)
        facts["days"] = days_left(renewal.period_end, at, self.zone_of(user.time_zone))
        facts["unsubscribe_url"] = self.unsubscribe_links.url(user)
        messages = self.notify(
            work, user, notification, facts, self.unsubscribe_links.headers(user)
        )
        if messages:  # what nobody was told is no promise
            work.renewals.save_renewal(renewal)
        return messages

    def _due(self, subscription: Subscription, user: User, at: datetime) -> int | None:
        is_ending = (
            subscription.status is SubscriptionStatus.ACTIVE and subscription.cancelled_at is None
        )
        wants_it = user.is_active and user.wants_reminders
        if subscription.expires_at is None or not (is_ending and wants_it):
            return None
        zone = self.zone_of(user.time_zone)
        return due_reminder(self.reminder_days, subscription.expires_at, at, zone)
