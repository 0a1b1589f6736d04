"""Renewals and deactivations: what was promised, tried and is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from offers.domain.deactivation import Deactivation
    from offers.domain.ids import SubscriptionId, UserId
    from offers.domain.renewal import Renewal
    from offers.domain.subscription import Subscription
    from offers.domain.transaction import Transaction


class Renewals(Protocol):
    """What happens to subscriptions by time alone."""

    def owner(self, subscription_id: SubscriptionId) -> UserId:
        """Whose it is, without locking. Raise SubscriptionNotFound for an unknown id."""

    def has_open_renewal(self, subscription_id: SubscriptionId) -> bool:
        """Whether a renewal is PENDING or PROCESSING. Exact while the subscription is locked."""

    def paid_by(self, subscription_id: SubscriptionId) -> Transaction | None:
        """The last purchase that succeeded: what the current period was paid with."""

    def renewal(self, subscription: Subscription) -> Renewal:
        """What was promised and tried for its current period; a blank one if nothing was."""

    def save_renewal(self, renewal: Renewal) -> None:
        """Store it; the subscription is locked."""

    def lock_deactivation(self, subscription_id: SubscriptionId) -> Deactivation | None:
        """The oldest one of a subscription that is pending, held; None if there is none."""

    def add_deactivation(self, deactivation: Deactivation) -> None:
        """Store it, unless there is one of this operation already."""

    def save_deactivation(self, deactivation: Deactivation) -> None:
        """Store a changed one."""
