"""Webhooks: what partners are told, where, and how often it is tried (Standard Webhooks)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from offers.domain.errors.webhooks import InvalidWebhookUrl

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from offers.domain.ids import PartnerId, TransactionId, WebhookDeliveryId

RETRY_FOR = timedelta(days=1)
"""How long a delivery is tried before it is listed as failed."""
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
DISABLE_AFTER = timedelta(days=5)
"""An endpoint that took nothing for so long is disabled when a delivery is given up."""
SECRET_OVERLAP = timedelta(days=1)
"""How long the old secret signs beside the new one unless an administrator says otherwise."""
MAX_URL_LENGTH = 2000
_NAT64 = IPv6Network("64:ff9b::/96")


def require_usable_url(url: str, *, allows_private: bool = False) -> None:
    """Raise InvalidWebhookUrl for what could never be delivered to.

    The host's addresses are checked again at every attempt, since names may change their minds.
    ``allows_private`` (http, any address) is for the laptop stack only.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        problem = "cannot be read"
        raise InvalidWebhookUrl(problem) from None
    problems = (
        (port == 0, "names no port"),
        (len(url) > MAX_URL_LENGTH or not url.isascii() or not url.isprintable(), "is not plain"),
        (" " in url or "\\" in url, "holds characters that must be escaped"),
        (
            parts.scheme != "https" and not (allows_private and parts.scheme == "http"),
            "needs https",
        ),
        (not host, "names no host"),
        ("@" in parts.netloc, "must not hold credentials"),
        (bool(parts.fragment), "must not have a fragment"),
        (not allows_private and _is_private_literal(host or ""), "names a private address"),
    )
    for is_wrong, problem in problems:
        if is_wrong:
            raise InvalidWebhookUrl(problem)


def _is_private_literal(host: str) -> bool:
    try:
        return not is_public(ip_address(host))
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether anybody on the internet can be there, judged by the address that is really meant.

    IPv6 can carry IPv4 addresses (mapped, 6to4, Teredo, NAT64): none of them is a way around.
    """
    if isinstance(address, IPv6Address) and (
        address in _NAT64 or address.sixtofour or address.teredo or address.ipv4_mapped
    ):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


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
    """One call. ``http_status`` is None if there was no answer; ``error`` says then why."""

    number: int
    at: datetime
    http_status: int | None
    error: str
    duration_ms: int

    @property
    def is_delivered(self) -> bool:
        """Only 2xx is a yes; a redirect is not followed."""
        return self.http_status is not None and (
            HTTPStatus.OK <= self.http_status < HTTPStatus.MULTIPLE_CHOICES
        )


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

    def record(self, attempt: WebhookAttempt) -> WebhookDelivery:
        """What this attempt means: delivered, to be tried again, or given up.

        The pause grows with the time already spent, so tries double their distance.
        """
        tried = replace(self, attempts=max(self.attempts, attempt.number), updated_at=attempt.at)
        if attempt.is_delivered:
            return replace(tried, status=DeliveryStatus.DELIVERED, next_attempt_at=None)
        if self.status is not DeliveryStatus.QUEUED:
            return tried
        spent = attempt.at - self.queued_at
        if spent >= RETRY_FOR:
            return replace(tried, status=DeliveryStatus.FAILED, next_attempt_at=None)
        pause = min(max(spent, SHORTEST_PAUSE), LONGEST_PAUSE)
        last = self.queued_at + RETRY_FOR
        return replace(tried, next_attempt_at=min(attempt.at + pause, last))

    def replay(self, at: datetime) -> WebhookDelivery:
        """Try it from the start, also what was delivered already."""
        return replace(
            self,
            status=DeliveryStatus.QUEUED,
            queued_at=at,
            updated_at=at,
            next_attempt_at=at,
        )
