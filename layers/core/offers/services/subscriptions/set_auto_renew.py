"""Switch renewal on or off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offers.domain.ids import SubscriptionId, UserId
    from offers.ports.clock import Clock
    from offers.ports.store.subscriptions import SubscriptionView
    from offers.ports.store.work import UnitOfWork


@dataclass(frozen=True)
class SetAutoRenew:
    """Switch renewal on or off; on also takes a cancellation back."""

    unit_of_work: UnitOfWork
    clock: Clock

    def __call__(
        self, user_id: UserId, subscription_id: SubscriptionId, *, auto_renew: bool
    ) -> SubscriptionView:
        """Raises SubscriptionNotFound, SubscriptionNotActive or StoreUnavailable."""
        with self.unit_of_work() as work:
            subscription = work.subscriptions.lock_for_user(subscription_id, user_id)
            work.subscriptions.save(
                subscription.set_auto_renew(auto_renew=auto_renew, at=self.clock())
            )
            return work.subscriptions.view(subscription_id)
