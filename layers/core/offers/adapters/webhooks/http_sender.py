"""Calls to addresses that partners chose: guarded against being sent to our own doors (SSRF)."""

from __future__ import annotations

import time
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from offers.adapters.http.cause import ExchangeFailed
from offers.adapters.http.exchange import Exchange
from offers.domain.errors.webhooks import InvalidWebhookUrl
from offers.domain.webhook import is_public, require_usable_url
from offers.ports.outside.webhook_calls import CallResult

if TYPE_CHECKING:
    from collections.abc import Mapping

CONNECT_TIMEOUT_SECONDS = 3.0
TIMEOUT_SECONDS = 10.0
"""For everything together after name resolution, however slowly bytes trickle."""


@dataclass(frozen=True, slots=True)
class HttpWebhookSender:
    """Port WebhookSender. ``allows_private`` (http, any address) is for the laptop stack only.

    The answer's status is all that is read: no body, and no redirect is followed.
    """

    allows_private: bool = False

    def post(self, url: str, headers: Mapping[str, str], body: str) -> CallResult:
        """One connection for one call, so that nothing of one partner can reach another."""
        started = time.monotonic()
        status, error = self._status_or_error(url, headers, body.encode())
        return CallResult(status, error, round((time.monotonic() - started) * 1000))

    def _status_or_error(
        self, url: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int | None, str]:
        exchange = Exchange(
            TIMEOUT_SECONDS, CONNECT_TIMEOUT_SECONDS, self._accept, reads_body=False
        )
        try:
            require_usable_url(url, allows_private=self.allows_private)
            return exchange("POST", urlsplit(url), body, headers).status, ""
        except InvalidWebhookUrl:
            return None, "url_not_allowed"
        except ExchangeFailed as failure:
            return None, failure.cause

    def _accept(self, address: str) -> bool:
        return self.allows_private or is_public(ip_address(address))
