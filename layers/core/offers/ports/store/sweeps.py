"""What is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.due_task import DueTask
    from offers.domain.ids import SubscriptionId
    from offers.domain.renewal import RenewalRules
    from offers.ports.pages import Page, PageRequest


@dataclass(frozen=True, slots=True)
class Unreminded:
    """A subscription that ends soon, and where its owner lives."""

    subscription_id: SubscriptionId
    expires_at: datetime
    time_zone: str


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
