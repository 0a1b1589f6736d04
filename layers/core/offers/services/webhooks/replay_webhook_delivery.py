"""Tell a partner again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.errors.webhooks import WebhookDisabled
from offers.domain.ids import OutboxMessageId
from offers.domain.webhook_message import delivery_message

if TYPE_CHECKING:
    from offers.domain.ids import PartnerId, WebhookDeliveryId
    from offers.domain.webhook import WebhookDelivery
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.store.work import UnitOfWork
    from offers.services.outbox.dispatch_messages import DispatchMessages


@dataclass(frozen=True)
class ReplayWebhookDelivery:
    """Send an event again, with the ``webhook-id`` it had; so often and no more."""

    unit_of_work: UnitOfWork
    dispatch: DispatchMessages
    clock: Clock
    new_id: NewId

    def __call__(self, partner_id: PartnerId, delivery_id: WebhookDeliveryId) -> WebhookDelivery:
        """Raises WebhookDeliveryNotFound (also for another partner's), WebhookNotConfigured,
        WebhookDisabled, ReplayLimitReached or StoreUnavailable.
        """
        at = self.clock()
        with self.unit_of_work() as work:
            delivery = work.webhook_deliveries.lock_for_partner(delivery_id, partner_id)
            if not work.partners.get(partner_id).require_webhook().is_enabled:
                raise WebhookDisabled
            replayed = delivery.replay(at)
            message = delivery_message(OutboxMessageId(self.new_id()), replayed, at)
            work.webhook_deliveries.save(replayed)
            work.outbox.add(message)
        self.dispatch([message])
        return replayed
