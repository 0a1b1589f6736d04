"""Stop renewal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offers.domain.ids import SubscriptionId, UserId
    from offers.ports.clock import Clock
    from offers.ports.store.subscriptions import SubscriptionView
    from offers.ports.store.work import UnitOfWork


@dataclass(frozen=True)
class CancelSubscription:
    """Stop renewal; the service runs to its end. Cancelling twice is the same as once."""

    unit_of_work: UnitOfWork
    clock: Clock

    def __call__(self, user_id: UserId, subscription_id: SubscriptionId) -> SubscriptionView:
        """Raises SubscriptionNotFound, SubscriptionNotActive or StoreUnavailable."""
        with self.unit_of_work() as work:
            subscription = work.subscriptions.lock_for_user(subscription_id, user_id)
            work.subscriptions.save(subscription.cancel(self.clock()))
            return work.subscriptions.view(subscription_id)
