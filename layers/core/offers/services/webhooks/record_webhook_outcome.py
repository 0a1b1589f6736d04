"""Record what became of a call to a partner, and decide whether there is another one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from offers.domain.ids import OutboxMessageId
from offers.domain.messages import WebhookExpired
from offers.domain.webhook import DeliveryStatus
from offers.domain.webhook_message import delivery_message

if TYPE_CHECKING:
    from offers.domain.messages import WebhookOutcome
    from offers.domain.outbox import OutboxMessage
    from offers.domain.partner import Partner
    from offers.domain.webhook import WebhookDelivery
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.store.work import UnitOfWork, Work
    from offers.services.outbox.dispatch_messages import DispatchMessages
    from offers.services.webhooks.disable_webhook import DisableWebhook


class DeliveryStep(StrEnum):
    """Also the dimension of the metric that counts them."""

    DELIVERED = "delivered"
    RETRIED = "retried"
    GIVEN_UP = "given_up"
    DISABLED = "disabled"
    RENEWED = "renewed"
    KNOWN = "known"


@dataclass(frozen=True)
class RecordWebhookOutcome:
    """Outcomes may come twice, late or out of order; each attempt counts once."""

    unit_of_work: UnitOfWork
    dispatch: DispatchMessages
    disable: DisableWebhook
    clock: Clock
    new_id: NewId

    def __call__(self, outcome: WebhookOutcome | WebhookExpired) -> DeliveryStep:
        """Raises PartnerNotFound, WebhookDeliveryNotFound and StoreUnavailable."""
        with self.unit_of_work() as work:
            partner = work.partners.lock(outcome.partner_id)
            delivery = work.webhook_deliveries.lock_for_partner(outcome.delivery_id, partner.id)
            if isinstance(outcome, WebhookExpired):
                step, now = self._renew(work, delivery, outcome.attempt)
            else:
                step, now = self._record(work, partner, delivery, outcome)
        self.dispatch(now)
        return step

    def _renew(
        self, work: Work, delivery: WebhookDelivery, number: int
    ) -> tuple[DeliveryStep, tuple[OutboxMessage, ...]]:
        """The signature was too old, so no call was made: the same attempt, signed anew."""
        if delivery.status is not DeliveryStatus.QUEUED or number != delivery.attempts + 1:
            return DeliveryStep.KNOWN, ()
        message = delivery_message(OutboxMessageId(self.new_id()), delivery, self.clock())
        work.outbox.add(message)
        return DeliveryStep.RENEWED, (message,)

    def _record(
        self, work: Work, partner: Partner, delivery: WebhookDelivery, outcome: WebhookOutcome
    ) -> tuple[DeliveryStep, tuple[OutboxMessage, ...]]:
        attempt, is_gone = outcome.made, _is_gone(partner, outcome)
        if not work.webhook_deliveries.add_attempt(delivery.id, attempt):
            return DeliveryStep.KNOWN, ()
        recorded = delivery.record(attempt, is_gone=is_gone)
        work.webhook_deliveries.save(recorded)
        if attempt.is_delivered:
            work.partners.note_webhook_success(partner.id)
            return DeliveryStep.DELIVERED, ()
        work.partners.note_webhook_failure(partner.id, attempt.at)
        if delivery.status is not DeliveryStatus.QUEUED:
            return DeliveryStep.KNOWN, ()
        if recorded.status is DeliveryStatus.FAILED:
            told = self.disable(work, partner, attempt.at, is_gone=is_gone)
            return (DeliveryStep.DISABLED if told else DeliveryStep.GIVEN_UP), told
        work.outbox.add(delivery_message(OutboxMessageId(self.new_id()), recorded, attempt.at))
        return DeliveryStep.RETRIED, ()  # the relay sends it when it is due


def _is_gone(partner: Partner, outcome: WebhookOutcome) -> bool:
    """An address that has been left may say so: that concerns nobody any more."""
    webhook = partner.webhook
    is_left = webhook is not None and outcome.url is not None and webhook.url != outcome.url
    return outcome.made.is_gone and not is_left
