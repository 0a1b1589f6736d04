"""Make one call to a partner and report what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from offers.domain.webhook import WebhookAttempt

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from offers.ports.clock import Clock
    from offers.ports.outside.queues import OutcomeReports
    from offers.ports.outside.webhook_calls import WebhookSender

SIGNATURE_GOOD_FOR = timedelta(minutes=4)
"""Receivers allow five (Standard Webhooks); the call itself and their clock need some of it."""
_HEADERS = {
    "Content-Type": "application/json",
    "User-Agent": "Offers-Webhooks/1.0",
    "Connection": "close",
}


class CallOutcome(StrEnum):
    """Also the dimension of the metric that counts calls."""

    DELIVERED = "delivered"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    EXPIRED = "expired"


@dataclass(frozen=True)
class DeliverWebhook:
    """Works without a database and without a secret: the message is signed, and the outcome goes
    back through a queue. Trying again is for whoever records the outcome.
    """

    webhook_sender: WebhookSender
    outcomes: OutcomeReports
    clock: Clock

    def __call__(self, message: Mapping[str, Any]) -> CallOutcome:
        """Raises what the queue of outcomes raises: then the message comes again."""
        at = self.clock()
        report: dict[str, Any] = {
            "delivery_id": message["delivery_id"],
            "partner_id": message["partner_id"],
            "attempt": message["attempt"],
            "at": at.isoformat(),
        }
        if at - datetime.fromisoformat(message["signed_at"]) > SIGNATURE_GOOD_FOR:
            self.outcomes.report({**report, "is_expired": True})
            return CallOutcome.EXPIRED
        result = self.webhook_sender.post(
            message["url"], {**_HEADERS, **message["headers"]}, message["body"]
        )
        self.outcomes.report(
            {
                **report,
                "http_status": result.http_status,
                "error": result.error,
                "duration_ms": result.duration_ms,
            }
        )
        made = WebhookAttempt(
            message["attempt"], at, result.http_status, result.error, result.duration_ms
        )
        if made.is_delivered:
            return CallOutcome.DELIVERED
        return CallOutcome.NO_ANSWER if result.http_status is None else CallOutcome.REFUSED
