"""Tell the partner how its order ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offers.domain.ids import OutboxMessageId, WebhookDeliveryId
from offers.domain.webhook import DeliveryStatus, WebhookDelivery
from offers.domain.webhook_message import EVENTS, delivery_message

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import PartnerId
    from offers.domain.outbox import OutboxMessage
    from offers.domain.partner import Partner
    from offers.domain.transaction import Transaction
    from offers.ports.ids import NewId
    from offers.ports.outside.webhook_messages import WebhookWriter


@dataclass(frozen=True, slots=True)
class Event:
    """A delivery for the partner's list, and its message; None while the webhook is disabled."""

    delivery: WebhookDelivery
    message: OutboxMessage | None


@dataclass(frozen=True)
class AnnounceWebhook:
    """Writes the event that a partner is told."""

    webhook_writer: WebhookWriter
    new_id: NewId

    def __call__(self, partner: Partner | None, settled: Transaction, at: datetime) -> Event | None:
        """None without a partner or a webhook. Nothing is stored yet.

        For a disabled webhook the event is listed as failed, so that it can be replayed later.
        """
        if partner is None or partner.webhook is None:
            return None
        delivery = self._delivery(settled, partner.id, at)
        if not partner.webhook.is_enabled:
            given_up = replace(delivery, status=DeliveryStatus.FAILED, next_attempt_at=None)
            return Event(given_up, None)
        return Event(delivery, delivery_message(OutboxMessageId(self.new_id()), delivery, at))

    def _delivery(
        self, settled: Transaction, partner_id: PartnerId, at: datetime
    ) -> WebhookDelivery:
        event = EVENTS[settled.status]
        return WebhookDelivery(
            id=WebhookDeliveryId(self.new_id()),
            partner_id=partner_id,
            transaction_id=settled.id,
            event=event,
            body=self.webhook_writer.write(event, settled, at),
            created_at=at,
            updated_at=at,
            queued_at=at,
            next_attempt_at=at,
        )
