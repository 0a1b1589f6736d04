"""Webhooks: what partners are told, where, and how often it is tried (Standard Webhooks)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING

from offers.domain.errors.webhooks import ReplayLimitReached

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from offers.domain.ids import PartnerId, TransactionId, WebhookDeliveryId

RETRY_FOR = timedelta(days=1)
"""How long a delivery is tried before it is listed as failed."""
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
DISABLE_AFTER = timedelta(days=5)
"""An endpoint that took nothing for so long is disabled when a delivery is given up."""
MAX_REPLAYS = 20
"""How often one delivery may be replayed; each replay is tried for a day again."""
SECRET_OVERLAP = timedelta(days=1)
"""How long the old secret signs beside the new one unless an administrator says otherwise."""


@dataclass(frozen=True, slots=True)
class WebhookEndpoint:
    """Where a partner is told. ``failing_since`` is the first failure after the last success.

    The secrets are sealed (offers.ports.outside.secret_box).
    """

    url: str
    secret: str = field(repr=False)
    previous_secret: str | None = field(default=None, repr=False)
    previous_secret_until: datetime | None = None
    failing_since: datetime | None = None
    disabled_at: datetime | None = None

    @property
    def is_enabled(self) -> bool:
        """Whether anything is sent there."""
        return self.disabled_at is None

    def signing_secrets(self, at: datetime) -> tuple[str, ...]:
        """The secrets to sign with: the newest first, and the one before while it is valid."""
        until = self.previous_secret_until
        if self.previous_secret is None or until is None or until <= at:
            return (self.secret,)
        return (self.secret, self.previous_secret)

    def rotate(self, secret: str, previous_until: datetime) -> WebhookEndpoint:
        """Sign with ``secret``, and until then with the present one as well."""
        return replace(
            self,
            secret=secret,
            previous_secret=self.secret,
            previous_secret_until=previous_until,
        )

    def forget_expired(self, at: datetime) -> WebhookEndpoint:
        """Without a secret that signs no more."""
        if len(self.signing_secrets(at)) > 1:
            return self
        return replace(self, previous_secret=None, previous_secret_until=None)

    def with_secrets(self, sealed_anew: Callable[[str], str]) -> WebhookEndpoint:
        """The same secrets, sealed otherwise."""
        previous = self.previous_secret
        return replace(
            self,
            secret=sealed_anew(self.secret),
            previous_secret=None if previous is None else sealed_anew(previous),
        )

    def move(self, url: str) -> WebhookEndpoint:
        """Another address; it starts with a clean record."""
        return replace(self.enable(), url=url)

    def enable(self) -> WebhookEndpoint:
        """Try it (again), as if it had never failed."""
        return replace(self, disabled_at=None, failing_since=None)

    def disable(self, at: datetime) -> WebhookEndpoint:
        """Send nothing there any more."""
        return replace(self, disabled_at=at)

    def has_failed_too_long(self, at: datetime) -> bool:
        """Whether nothing has arrived for DISABLE_AFTER."""
        return self.failing_since is not None and at - self.failing_since >= DISABLE_AFTER


class WebhookEvent(StrEnum):
    """What partners are told about."""

    ACTIVATION_SUCCEEDED = "activation.succeeded"
    ACTIVATION_FAILED = "activation.failed"


class DeliveryStatus(StrEnum):
    """``queued`` while it is tried."""

    QUEUED = "queued"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class WebhookAttempt:
    """One call. ``http_status`` is None if there was no answer; ``error`` says then why.

    ``retry_after_seconds`` is what the receiver asked for, and is not stored.
    """

    number: int
    at: datetime
    http_status: int | None
    error: str
    duration_ms: int
    retry_after_seconds: int | None = None

    @property
    def is_delivered(self) -> bool:
        """Only 2xx is a yes; a redirect is not followed."""
        return self.http_status is not None and (
            HTTPStatus.OK <= self.http_status < HTTPStatus.MULTIPLE_CHOICES
        )

    @property
    def is_gone(self) -> bool:
        """Whether the receiver wants no more calls (RFC 9110 §15.5.11)."""
        return self.http_status == HTTPStatus.GONE


@dataclass(frozen=True, slots=True)
class WebhookDelivery:
    """One event for one partner; its id is the ``webhook-id`` of every attempt.

    ``queued_at`` is when it was queued the last time, at first or by a replay; ``body`` is sent as
    it is, so that the same bytes are signed each time.
    """

    id: WebhookDeliveryId
    partner_id: PartnerId
    transaction_id: TransactionId
    event: WebhookEvent
    body: str
    created_at: datetime
    updated_at: datetime
    queued_at: datetime
    next_attempt_at: datetime | None
    status: DeliveryStatus = DeliveryStatus.QUEUED
    attempts: int = 0
    replays: int = 0

    def record(self, attempt: WebhookAttempt, *, is_gone: bool = False) -> WebhookDelivery:
        """What this attempt means: delivered, to be tried again, or given up: at once if its
        receiver ``is_gone``.

        The pause grows with the time already spent, so tries double their distance. It is longer if
        the receiver asks for that, LONGEST_PAUSE at most.
        """
        tried = replace(self, attempts=max(self.attempts, attempt.number), updated_at=attempt.at)
        if attempt.is_delivered:
            return replace(tried, status=DeliveryStatus.DELIVERED, next_attempt_at=None)
        if self.status is not DeliveryStatus.QUEUED:
            return tried
        spent = attempt.at - self.queued_at
        if is_gone or spent >= RETRY_FOR:
            return replace(tried, status=DeliveryStatus.FAILED, next_attempt_at=None)
        asked = timedelta(seconds=attempt.retry_after_seconds or 0)
        pause = min(max(spent, asked, SHORTEST_PAUSE), LONGEST_PAUSE)
        last = self.queued_at + RETRY_FOR
        return replace(tried, next_attempt_at=min(attempt.at + pause, last))

    def replay(self, at: datetime) -> WebhookDelivery:
        """Try it from the start, also what was delivered already.

        Raises ReplayLimitReached after MAX_REPLAYS.
        """
        if self.replays >= MAX_REPLAYS:
            raise ReplayLimitReached(MAX_REPLAYS)
        return replace(
            self,
            replays=self.replays + 1,
            status=DeliveryStatus.QUEUED,
            queued_at=at,
            updated_at=at,
            next_attempt_at=at,
        )
