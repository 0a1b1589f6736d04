"""Make one call to a partner and report what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from offers.domain.messages import WebhookExpired, WebhookOutcome

if TYPE_CHECKING:
    from offers.domain.messages import WebhookCall
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
    wall_clock: Clock

    def __call__(self, call: WebhookCall) -> CallOutcome:
        """Raises what the queue of outcomes raises: then the message comes again."""
        at = self.clock()
        if self.wall_clock() - call.signed_at > SIGNATURE_GOOD_FOR:
            expired = WebhookExpired(call.delivery_id, call.partner_id, call.attempt, at)
            self.outcomes.report(expired)
            return CallOutcome.EXPIRED
        result = self.webhook_sender.post(call.url, {**_HEADERS, **call.headers}, call.body)
        outcome = WebhookOutcome(
            delivery_id=call.delivery_id,
            partner_id=call.partner_id,
            attempt=call.attempt,
            at=at,
            http_status=result.http_status,
            error=result.error,
            duration_ms=result.duration_ms,
            retry_after_seconds=result.retry_after_seconds,
            url=call.url,
        )
        self.outcomes.report(outcome)
        if outcome.made.is_delivered:
            return CallOutcome.DELIVERED
        return CallOutcome.NO_ANSWER if result.http_status is None else CallOutcome.REFUSED
