"""The truth about reminders, renewals and deactivations, and what of it is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from offers.domain.deactivation import Deactivation
    from offers.domain.ids import SubscriptionId, TransactionId, UserId
    from offers.domain.lifecycle import DueTask
    from offers.domain.renewal import Renewal, RenewalRules
    from offers.domain.subscription import Subscription
    from offers.domain.user import EmailStatus, User
    from offers.ports.pages import Page, PageRequest


@dataclass(frozen=True, slots=True)
class Unreminded:
    """A subscription that ends soon, and where its owner lives."""

    subscription_id: SubscriptionId
    expires_at: datetime
    time_zone: str


class Lifecycle(Protocol):
    """What happens to subscriptions by time alone."""

    def owner(self, subscription_id: SubscriptionId) -> UserId:
        """Whose it is, without locking. Raise SubscriptionNotFound for an unknown id."""

    def has_open_renewal(self, subscription_id: SubscriptionId) -> bool:
        """Whether a renewal is PENDING or PROCESSING. Exact while the subscription is locked."""

    def paid_by(self, subscription_id: SubscriptionId) -> TransactionId | None:
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


class Sweeps(Protocol):
    """What is due, soonest first, in keyset pages whose cost follows from what is due."""

    def unreminded(
        self, day: int, after: datetime, until: datetime, request: PageRequest
    ) -> Page[Unreminded]:
        """Active subscriptions, not cancelled, that end in ``(after, until]``, whose owners want
        reminders and had none at ``day`` days for this period.
        """

    def renewals(self, at: datetime, rules: RenewalRules, request: PageRequest) -> Page[DueTask]:
        """Those whose renewal is to be tried by ``at``."""

    def expiries(self, at: datetime, rules: RenewalRules, request: PageRequest) -> Page[DueTask]:
        """Those that have run out by ``at``."""

    def deactivations(self, at: datetime, request: PageRequest) -> Page[DueTask]:
        """Those whose service outside is to be ended by ``at``."""


class Recipients(Protocol):
    """Who may be written to."""

    def find_by_unsubscribe_token(self, token: UUID) -> User | None:
        """The owner of a link in a reminder."""

    def set_reminders(self, user_id: UserId, *, wanted: bool, at: datetime) -> None:
        """Switch reminders on or off; again is harmless."""

    def mark_address(self, address: str, status: EmailStatus) -> int:
        """Stop sending to an address, compared without regard to case; how many users have it.

        A complaint is never weakened to a bounce.
        """


class LifecycleQueue(Protocol):
    """The queue between the sweeps and the workers; may deliver twice, late or out of order."""

    def send(self, tasks: Sequence[DueTask]) -> int:
        """How many were not accepted: the next sweep finds them again. Never raises."""

    def backlog(self) -> int | None:
        """About how many messages wait; None when the queue cannot say."""
