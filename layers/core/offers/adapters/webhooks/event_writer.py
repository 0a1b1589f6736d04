"""Events as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from offers.domain.times import rfc3339

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.transaction import Transaction
    from offers.domain.webhook import WebhookEvent


class JsonWebhookWriter:
    """Port WebhookWriter."""

    def write(self, event: WebhookEvent, order: Transaction, at: datetime) -> str:
        """``type``, ``timestamp`` and ``data``, as Standard Webhooks recommends."""
        body = {"type": event.value, "timestamp": rfc3339(at), "data": _data(order)}
        return json.dumps(body, separators=(",", ":"))


def _data(order: Transaction) -> dict[str, Any]:
    """The order in the words of ``GET /partner/validate/{reference}``, as the partners' guide shows
    it; partners read ``is_valid`` here too, though an event never has another one.
    """
    failure = order.failure
    return {
        "reference": order.reference,
        "is_valid": True,
        "transaction_id": str(order.id),
        "status": order.status.value,
        "user_id": str(order.user_id),
        "offer_id": str(order.offer_id),
        "amount": order.amount.amount,
        "currency": order.amount.currency,
        "partner_reference": order.partner_reference,
        "failure": failure and {"code": failure.code, "reason": failure.reason},
        "created_at": rfc3339(order.created_at),
        "updated_at": rfc3339(order.updated_at),
    }
