"""Calls to partners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class CallResult:
    """``http_status`` of whatever was answered; None with a stable word in ``error`` if nothing
    was: ``timeout``, ``no_answer``, ``name_not_found``, ``connection_failed``, ``tls_failed``,
    ``certificate_not_trusted``, ``forbidden_address`` or ``url_not_allowed``.
    ``retry_after_seconds`` is what a 429 or 503 asked for.
    """

    http_status: int | None
    error: str
    duration_ms: int
    retry_after_seconds: int | None = None


class WebhookSender(Protocol):
    """Makes the call."""

    def post(self, url: str, headers: Mapping[str, str], body: str) -> CallResult:
        """Never raises, never follows a redirect, never calls an address that is not public."""
