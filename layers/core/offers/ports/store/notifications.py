"""Emails, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import (
        NotificationId,
    )
    from offers.domain.notification import Notification, NotificationStatus


class Notifications(Protocol):
    """One row an email, so that none is written twice."""

    def add(self, notification: Notification) -> bool:
        """Store it; False if this (subscription, notice, period) was announced before."""

    def add_first(self, notification: Notification) -> None:
        """Store one that cannot have been announced before, since its transaction is being settled
        in this unit of work: nobody waits for an answer.
        """

    def settle(
        self, notification_id: NotificationId, status: NotificationStatus, at: datetime, error: str
    ) -> None:
        """Record a delivery's outcome; ``sent`` is never overwritten."""
