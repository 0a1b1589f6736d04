"""Record what a delivery function reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from offers.domain.ids import NotificationId
from offers.domain.notification import NotificationStatus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from offers.ports.store.work import UnitOfWork


@dataclass(frozen=True)
class RecordOutcome:
    """Outcomes may come twice or out of order; a sent email stays sent."""

    unit_of_work: UnitOfWork

    def __call__(self, outcome: Mapping[str, Any]) -> None:
        """Raises KeyError or ValueError for what is not an outcome, and StoreUnavailable."""
        with self.unit_of_work() as work:
            work.notifications.settle(
                NotificationId(UUID(outcome["notification_id"])),
                NotificationStatus(outcome["status"]),
                datetime.fromisoformat(outcome["at"]),
                outcome["error"],
            )
