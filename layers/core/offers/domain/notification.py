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

    ``period`` makes (subscription, notice, period) unique, so none is sent twice.
    """

    id: NotificationId
    user_id: UserId
    notice: Notice
    created_at: datetime
    transaction_id: TransactionId | None = None
    subscription_id: SubscriptionId | None = None
    period: datetime | None = None
    status: NotificationStatus = NotificationStatus.QUEUED
