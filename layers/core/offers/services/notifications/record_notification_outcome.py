"""Record what a delivery function reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.user import EmailStatus

if TYPE_CHECKING:
    from offers.domain.messages import EmailOutcome
    from offers.ports.store.work import UnitOfWork


@dataclass(frozen=True)
class RecordNotificationOutcome:
    """Outcomes may come twice or out of order; a sent email stays sent.

    An address that the mail service refuses is marked as one that bounced: nothing more is sent to
    it, and operators see it with the user.
    """

    unit_of_work: UnitOfWork

    def __call__(self, outcome: EmailOutcome) -> None:
        """Raises StoreUnavailable."""
        with self.unit_of_work() as work:
            work.notifications.settle(
                outcome.notification_id, outcome.status, outcome.at, outcome.error
            )
            if outcome.refused_address:
                work.users.mark_address(outcome.refused_address, EmailStatus.BOUNCED)
