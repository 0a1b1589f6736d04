"""Calls to addresses that partners chose: guarded against being sent to our own doors (SSRF)."""

from __future__ import annotations

import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from offers.adapters.http.cause import ExchangeFailed
from offers.adapters.http.exchange import Exchange
from offers.adapters.http.retry_after import retry_after_seconds
from offers.domain.errors.webhooks import InvalidWebhookUrl
from offers.domain.webhook import LONGEST_PAUSE
from offers.ports.outside.webhook_calls import CallResult

if TYPE_CHECKING:
    from collections.abc import Mapping

    from offers.adapters.http.exchange import Answer
    from offers.domain.webhook_url import WebhookRules

CONNECT_TIMEOUT_SECONDS = 3.0
TIMEOUT_SECONDS = 10.0
"""For everything together after name resolution, however slowly bytes trickle."""


_ASKS_TO_WAIT = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


@dataclass(frozen=True, slots=True)
class HttpWebhookSender:
    """Port WebhookSender. The answer's status and ``Retry-After`` are all that is read: no body,
    and no redirect is followed.
    """

    rules: WebhookRules

    def post(self, url: str, headers: Mapping[str, str], body: str) -> CallResult:
        """One connection for one call, so that nothing of one partner can reach another."""
        started = time.monotonic()
        answer, error = self._answer_or_error(url, headers, body.encode())
        duration_ms = round((time.monotonic() - started) * 1000)
        if answer is None:
            return CallResult(None, error, duration_ms)
        return CallResult(answer.status, "", duration_ms, _asked_for(answer))

    def _answer_or_error(
        self, url: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[Answer | None, str]:
        exchange = Exchange(
            TIMEOUT_SECONDS, CONNECT_TIMEOUT_SECONDS, self.rules.accepts, reads_body=False
        )
        try:
            self.rules.require_usable(url)
            return exchange("POST", urlsplit(url), body, headers), ""
        except InvalidWebhookUrl:
            return None, "url_not_allowed"
        except ExchangeFailed as failure:
            return None, failure.cause


def _asked_for(answer: Answer) -> int | None:
    if answer.status not in _ASKS_TO_WAIT or answer.retry_after is None:
        return None
    longest = int(LONGEST_PAUSE.total_seconds())
    return retry_after_seconds(answer.retry_after, default=1, longest=longest)
