"""Events for partners, and the messages that carry them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.domain.messages import WebhookDue
from offers.domain.outbox import OutboxMessage
from offers.domain.transaction import TransactionStatus
from offers.domain.webhook import WebhookEvent

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import OutboxMessageId
    from offers.domain.webhook import WebhookDelivery

EVENTS = {
    TransactionStatus.SUCCESS: WebhookEvent.ACTIVATION_SUCCEEDED,
    TransactionStatus.FAILED: WebhookEvent.ACTIVATION_FAILED,
}
"""What is told about a transaction that ended."""


def delivery_message(
    message_id: OutboxMessageId, delivery: WebhookDelivery, at: datetime
) -> OutboxMessage:
    """The next attempt. It names the delivery; address and signature are added when it is sent."""
    return OutboxMessage(
        id=message_id,
        content=WebhookDue(delivery.id, delivery.attempts + 1),
        created_at=at,
        deliver_at=delivery.next_attempt_at or at,
        transaction_id=delivery.transaction_id,
    )
