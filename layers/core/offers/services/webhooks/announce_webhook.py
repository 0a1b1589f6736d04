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
    from offers.domain.transaction import Transaction
    from offers.ports.ids import NewId
    from offers.ports.outside.webhook_messages import WebhookWriter
    from offers.ports.store.work import Work


@dataclass(frozen=True)
class AnnounceWebhook:
    """Write the event into the list of deliveries and into the outbox, inside the settling unit of
    work.
    """

    webhook_writer: WebhookWriter
    new_id: NewId

    def __call__(self, work: Work, settled: Transaction, at: datetime) -> tuple[OutboxMessage, ...]:
        """The message to dispatch after the commit: none without a partner or a webhook.

        For a disabled webhook the event is listed as failed, so that it can be replayed later.
        """
        if settled.partner_id is None:
            return ()
        endpoint = work.partners.get(settled.partner_id).webhook
        if endpoint is None:
            return ()
        delivery = self._delivery(settled, settled.partner_id, at)
        if not endpoint.is_enabled:
            given_up = replace(delivery, status=DeliveryStatus.FAILED, next_attempt_at=None)
            work.webhook_deliveries.add(given_up)
            return ()
        message = delivery_message(OutboxMessageId(self.new_id()), delivery, at)
        work.webhook_deliveries.add(delivery)
        work.outbox.add(message)
        return (message,)

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
