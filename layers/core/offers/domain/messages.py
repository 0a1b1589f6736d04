"""What travels through queues: each message a type with its kind, which is also its name on the
wire (``offers.ports.message_codec``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from offers.domain.notification import Email
from offers.domain.webhook import WebhookAttempt

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from offers.domain.ids import NotificationId, PartnerId, TransactionId, WebhookDeliveryId
    from offers.domain.notification import NotificationStatus
    from offers.domain.webhook import WebhookEvent


@dataclass(frozen=True, slots=True)
class ActivationRequested:
    """Look at this transaction. Without truth of its own, so harmless when old or repeated."""

    kind: ClassVar = "activation"

    transaction_id: TransactionId


@dataclass(frozen=True, slots=True)
class RenderedEmail:
    """An email with its words. ``notice`` says what it is about, for metrics."""

    kind: ClassVar[str]

    notification_id: NotificationId
    to: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    notice: str = "unknown"

    @property
    def email(self) -> Email:
        """Its words."""
        return Email(self.subject, self.text, self.html)


@dataclass(frozen=True, slots=True)
class CustomerEmail(RenderedEmail):
    """Its outcome is recorded with the notification."""

    kind: ClassVar = "customer_email"


@dataclass(frozen=True, slots=True)
class PartnerEmail(RenderedEmail):
    """No outcome is recorded: ``notification_id`` is in no table and only tells one email from
    another.
    """

    kind: ClassVar = "partner_email"


@dataclass(frozen=True, slots=True)
class WebhookDue:
    """An attempt that waits in the outbox; it becomes a ``WebhookCall`` when it is sent."""

    kind: ClassVar = "webhook_due"

    delivery_id: WebhookDeliveryId
    attempt: int


@dataclass(frozen=True, slots=True)
class WebhookCall:
    """Everything for one call, signed."""

    kind: ClassVar = "webhook_call"

    delivery_id: WebhookDeliveryId
    partner_id: PartnerId
    attempt: int
    event: WebhookEvent
    url: str
    headers: Mapping[str, str] = field(hash=False)
    signed_at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class EmailOutcome:
    """What became of a ``CustomerEmail``; ``refused_address`` if its address is none."""

    kind: ClassVar = "email_outcome"

    notification_id: NotificationId
    status: NotificationStatus
    error: str
    at: datetime
    refused_address: str = ""


@dataclass(frozen=True, slots=True)
class WebhookOutcome:
    """What became of a ``WebhookCall`` that was made; ``url`` is where."""

    kind: ClassVar = "webhook_outcome"

    delivery_id: WebhookDeliveryId
    partner_id: PartnerId
    attempt: int
    at: datetime
    http_status: int | None
    error: str
    duration_ms: int
    retry_after_seconds: int | None = None
    url: str | None = None

    @property
    def made(self) -> WebhookAttempt:
        """The call, as its delivery lists it."""
        return WebhookAttempt(
            number=self.attempt,
            at=self.at,
            http_status=self.http_status,
            error=self.error,
            duration_ms=self.duration_ms,
            retry_after_seconds=self.retry_after_seconds,
        )


@dataclass(frozen=True, slots=True)
class WebhookExpired:
    """A ``WebhookCall`` was not made, since its signature had become too old."""

    kind: ClassVar = "webhook_expired"

    delivery_id: WebhookDeliveryId
    partner_id: PartnerId
    attempt: int
    at: datetime


Outgoing = ActivationRequested | CustomerEmail | PartnerEmail | WebhookDue | WebhookCall
"""What the outbox holds and its queues carry."""

Outcome = EmailOutcome | WebhookOutcome | WebhookExpired
"""What functions without a database report."""
