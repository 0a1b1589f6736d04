"""What customers are told by email, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import NotificationId, SubscriptionId, TransactionId, UserId


class Notice(StrEnum):
    """The kinds of email; each has its own templates."""

    ACTIVATION_SUCCEEDED = "activation_succeeded"
    ACTIVATION_FAILED = "activation_failed"
    RENEWAL_SUCCEEDED = "renewal_succeeded"
    RENEWAL_FAILED = "renewal_failed"
    REMINDER = "reminder"
    RENEWAL_UNPAID = "renewal_unpaid"
    SUBSCRIPTION_ENDED = "subscription_ended"
    PASSWORD_RESET = "password_reset"  # noqa: S105  # what is sent, not a password


class PartnerNotice(StrEnum):
    """The kinds of email to partners, in English only."""

    WEBHOOK_DISABLED = "webhook_disabled"
    WEBHOOK_GONE = "webhook_gone"


class NotificationStatus(StrEnum):
    """``queued`` until the delivery function reports back."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Email:
    """A rendered message in plain text and HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Notification:
    """One email to one user.

    ``period_end`` makes (subscription, key, period) unique, so none is sent twice; ``number`` tells
    notices of one kind about one period apart: the days of a reminder, the try of a renewal.
    """

    id: NotificationId
    user_id: UserId
    notice: Notice
    created_at: datetime
    transaction_id: TransactionId | None = None
    subscription_id: SubscriptionId | None = None
    period_end: datetime | None = None
    status: NotificationStatus = NotificationStatus.QUEUED
    number: int | None = None

    @property
    def key(self) -> str:
        """What it is stored as: ``reminder_7``."""
        return self.notice if self.number is None else f"{self.notice}_{self.number}"
