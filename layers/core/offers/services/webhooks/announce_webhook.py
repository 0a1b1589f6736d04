"""Tell the partner how its order ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offers.domain.ids import OutboxMessageId, WebhookDeliveryId
from offers.domain.webhook import DeliveryStatus
from offers.domain.webhook_message import delivery_message, new_delivery

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.outbox import OutboxMessage
    from offers.domain.transaction import Transaction
    from offers.ports.ids import NewId
    from offers.ports.store.work import Work


@dataclass(frozen=True)
class AnnounceWebhook:
    """Write the event into the list of deliveries and into the outbox, inside the settling unit of
    work.
    """

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
        delivery_id = WebhookDeliveryId(self.new_id())
        delivery = new_delivery(delivery_id, settled.partner_id, settled, at)
        if not endpoint.is_enabled:
            given_up = replace(delivery, status=DeliveryStatus.FAILED, next_attempt_at=None)
            work.webhook_deliveries.add(given_up)
            return ()
        message = delivery_message(OutboxMessageId(self.new_id()), delivery, at)
        work.webhook_deliveries.add(delivery)
        work.outbox.add(message)
        return (message,)
