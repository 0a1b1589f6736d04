"""Ending a service outside, with the same care for unknown outcomes as starting it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from offers.domain.waiting import DEACTIVATION_LEASE

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from offers.domain.ids import SubscriptionId, TransactionId

FLAG_AFTER = 10
"""Tries without an outcome after which a person is told; trying goes on."""


class DeactivationStatus(StrEnum):
    """``pending`` until the provisioning system has said yes (``done``) or no (``refused``), or the
    subscription was renewed meanwhile (``superseded``).
    """

    PENDING = "pending"
    DONE = "done"
    REFUSED = "refused"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Deactivation:
    """``operation_id`` is the transaction whose period ended.

    It names what is to end, so a late arrival cannot end what a later renewal has started.
    """

    operation_id: TransactionId
    subscription_id: SubscriptionId
    next_try_at: datetime
    created_at: datetime
    updated_at: datetime
    status: DeactivationStatus = DeactivationStatus.PENDING
    attempts: int = 0
    attention_reason: str | None = None

    def is_due(self, at: datetime) -> bool:
        """Whether nobody is on it and its time has come."""
        return self.status is DeactivationStatus.PENDING and self.next_try_at <= at

    def claim(self, at: datetime) -> Deactivation:
        """Take it: nobody else tries before the lease has passed."""
        return replace(
            self, attempts=self.attempts + 1, next_try_at=at + DEACTIVATION_LEASE, updated_at=at
        )

    def postpone(self, at: datetime, delay: timedelta, cause: str) -> Deactivation:
        """Try again later; tell a person when it has gone on for long."""
        flagged = cause if self.attempts >= FLAG_AFTER else self.attention_reason
        return replace(self, next_try_at=at + delay, attention_reason=flagged, updated_at=at)

    def end(
        self, status: DeactivationStatus, at: datetime, attention_reason: str | None = None
    ) -> Deactivation:
        """It needs no more tries; ``attention_reason`` if a person must look."""
        return replace(self, status=status, attention_reason=attention_reason, updated_at=at)
