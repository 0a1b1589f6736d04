"""Calls to addresses that partners chose: guarded against being sent to our own doors (SSRF)."""

from __future__ import annotations

import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from offers.adapters.http.connection import NothingSent, connected
from offers.domain.errors.webhooks import InvalidWebhookUrl
from offers.domain.webhook import is_public, require_usable_url
from offers.ports.outside.webhook_calls import CallResult

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

CONNECT_TIMEOUT_SECONDS = 3.0
TIMEOUT_SECONDS = 10.0
"""For everything together after name resolution, however slowly bytes trickle."""

_REASONS = {
    "forbidden_address": "forbidden_address",
    "gaierror": "name_not_found",
    "UnicodeError": "name_not_found",
    "UnicodeEncodeError": "name_not_found",
    "TimeoutError": "timeout",
    "timeout": "timeout",
    "SSLError": "tls_failed",
    "SSLEOFError": "tls_failed",
    "SSLZeroReturnError": "tls_failed",
    "SSLCertVerificationError": "certificate_not_trusted",
}


@dataclass(frozen=True, slots=True)
class HttpWebhookSender:
    """Port WebhookSender. ``allows_private`` (http, any address) is for the laptop stack only.

    The answer's status is all that is read: no body, and no redirect is followed.
    """

    allows_private: bool = False
    connect_timeout_seconds: float = CONNECT_TIMEOUT_SECONDS
    timeout_seconds: float = TIMEOUT_SECONDS

    def post(self, url: str, headers: Mapping[str, str], body: str) -> CallResult:
        """One connection for one call, so that nothing of one partner can reach another."""
        started = time.monotonic()
        status, error = self._exchange(url, headers, body.encode(), started)
        return CallResult(status, error, round((time.monotonic() - started) * 1000))

    def _exchange(
        self, url: str, headers: Mapping[str, str], body: bytes, started: float
    ) -> tuple[int | None, str]:
        deadline = started + self.timeout_seconds
        try:
            require_usable_url(url, allows_private=self.allows_private)
            target = urlsplit(url)
            with connected(target, self.connect_timeout_seconds, deadline, self._accept) as line:
                http = HTTPConnection(str(target.hostname), target.port)
                http.sock = line
                try:
                    return _status_of(http, target, headers, body), ""
                finally:
                    http.close()
        except InvalidWebhookUrl:
            return None, "url_not_allowed"
        except NothingSent as failure:
            return None, _REASONS.get(str(failure), "connection_failed")
        except (OSError, HTTPException, ValueError):
            is_late = time.monotonic() >= deadline
            return None, "timeout" if is_late else "no_answer"

    def _accept(self, address: str) -> bool:
        return self.allows_private or is_public(ip_address(address))


def _status_of(
    http: HTTPConnection, target: SplitResult, headers: Mapping[str, str], body: bytes
) -> int:
    path = urlunsplit(("", "", target.path or "/", target.query, ""))
    http.request("POST", path, body, dict(headers))
    with http.getresponse() as response:
        return response.status
