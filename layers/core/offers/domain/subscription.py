"""Subscriptions: pending → active → expired | cancelled; a failed activation makes it failed.

A renewal after the end goes expired → pending → active, or back to expired if it fails: so that it
counts as live from the moment it is paid for, and no second subscription to the offer can slip in
between.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from offers.domain.errors.subscriptions import (
    RenewalInProgress,
    SubscriptionNotActive,
    SubscriptionNotRenewable,
    SubscriptionTooLong,
)

if TYPE_CHECKING:
    from offers.domain.ids import OfferId, SubscriptionId, UserId
    from offers.domain.money import Money


LAST_END = datetime(9999, 1, 1, tzinfo=UTC)
"""No subscription ends later: a year before Python's and many clients' last day, so that grace,
time zones and a late outcome have room.
"""


class SubscriptionStatus(StrEnum):
    """Pending and active are live: at most one live subscription per user and offer."""

    PENDING = "pending"
    ACTIVE = "active"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A user's right to an offer.

    ``cancelled_at`` set while active: it ends, unrenewed, at ``expires_at``.
    """

    id: SubscriptionId
    user_id: UserId
    offer_id: OfferId
    price: Money
    status: SubscriptionStatus
    auto_renew: bool
    created_at: datetime
    updated_at: datetime
    starts_at: datetime | None = None
    expires_at: datetime | None = None
    cancelled_at: datetime | None = None

    def activate(self, duration_days: int, at: datetime) -> Subscription:
        """Start the service: it runs ``duration_days`` × 24 hours from ``at``."""
        ends = end_of_period(at, duration_days)
        return replace(
            self, status=SubscriptionStatus.ACTIVE, starts_at=at, expires_at=ends, updated_at=at
        )

    def fail(self, at: datetime) -> Subscription:
        """What it was pending for was refused: it never started, or it stays expired."""
        ended = SubscriptionStatus.FAILED if self.expires_at is None else SubscriptionStatus.EXPIRED
        return replace(self, status=ended, updated_at=at)

    def require_renewable(self) -> None:
        """Raise RenewalInProgress if it is pending for that, SubscriptionNotRenewable if it is
        neither active nor expired.
        """
        if self.status is SubscriptionStatus.PENDING and self.expires_at is not None:
            raise RenewalInProgress
        if self.status not in (SubscriptionStatus.ACTIVE, SubscriptionStatus.EXPIRED):
            raise SubscriptionNotRenewable(self.id)

    def reopen(self, at: datetime) -> Subscription:
        """A renewal was accepted:

        an expired subscription is live again; an active one stays as it is.
        """
        if self.status is SubscriptionStatus.ACTIVE:
            return self
        return replace(self, status=SubscriptionStatus.PENDING, updated_at=at)

    def extend(
        self, duration_days: int, price: Money, at: datetime, ordered_at: datetime
    ) -> Subscription:
        """Add a period after the current end, or after ``at`` if that is over; never shortens.

        Ordering it took back a cancellation made before, not one made since.
        """
        if self.expires_at is None:
            raise SubscriptionNotRenewable(self.id)
        is_cancelled_since = self.cancelled_at is not None and self.cancelled_at > ordered_at
        ends = end_of_period(max(self.expires_at, at), duration_days)
        return replace(
            self,
            status=SubscriptionStatus.ACTIVE,
            price=price,
            expires_at=ends,
            cancelled_at=self.cancelled_at if is_cancelled_since else None,
            updated_at=at,
        )

    def cancel(self, at: datetime) -> Subscription:
        """Stop renewal; the service runs to its end. Cancelling twice is the same as once."""
        self._require_active()
        if self.cancelled_at is not None:
            return self
        return replace(self, auto_renew=False, cancelled_at=at, updated_at=at)

    def set_auto_renew(self, *, auto_renew: bool, at: datetime) -> Subscription:
        """Switch renewal on (which also takes a cancellation back) or off."""
        self._require_active()
        cancelled_at = None if auto_renew else self.cancelled_at
        return replace(self, auto_renew=auto_renew, cancelled_at=cancelled_at, updated_at=at)

    def expire(self, at: datetime) -> Subscription:
        """End the service: ``cancelled`` if its owner had cancelled, else ``expired``."""
        self._require_active()
        ended = (
            SubscriptionStatus.EXPIRED
            if self.cancelled_at is None
            else SubscriptionStatus.CANCELLED
        )
        return replace(self, status=ended, updated_at=at)

    def _require_active(self) -> None:
        if self.status is not SubscriptionStatus.ACTIVE:
            raise SubscriptionNotActive(self.id)


def end_of_period(starts: datetime, duration_days: int) -> datetime:
    """When a period of ``duration_days`` × 24 hours is over. Raises SubscriptionTooLong if that is
    later than LAST_END.
    """
    duration = timedelta(days=duration_days)
    if duration > LAST_END - starts:
        raise SubscriptionTooLong
    return starts + duration
