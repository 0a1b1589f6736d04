"""Webhook messages get address and signature at the moment they are sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offers.domain.messages import WebhookCall, WebhookDue
from offers.domain.webhook import DeliveryStatus
from offers.ports.errors import StoreUnavailable
from offers.services.outbox.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from offers.domain.outbox import OutboxMessage
    from offers.domain.webhook import WebhookDelivery, WebhookEndpoint
    from offers.ports.clock import Clock
    from offers.ports.outside.webhook_messages import WebhookSigner
    from offers.ports.store.work import Reading


@dataclass(frozen=True)
class SignDeliveries:
    """What the outbox calls before it sends.

    A signature is good for five minutes, and each attempt follows the partner's address and secrets
    of now: so the outbox holds neither, and no secret ever enters a queue (ADR 0010). It is dated
    by ``wall_clock``: receivers have no other, also where a laptop's ``clock`` was moved.
    """

    reading: Reading
    webhook_signer: WebhookSigner
    clock: Clock
    wall_clock: Clock

    def __call__(self, messages: Sequence[OutboxMessage]) -> Prepared:
        """Attempts that are no longer wanted are left out; without the store none can be signed."""
        due = {each: each.content for each in messages if isinstance(each.content, WebhookDue)}
        if not due:
            return Prepared(messages)
        others = [message for message in messages if message not in due]
        try:
            return Prepared([*others, *self._signed(due)])
        except StoreUnavailable as unavailable:
            return Prepared(others, dict.fromkeys(due, unavailable.code))

    def _signed(self, due: Mapping[OutboxMessage, WebhookDue]) -> list[OutboxMessage]:
        with self.reading() as store:
            found = store.webhook_deliveries.with_endpoints([d.delivery_id for d in due.values()])
        signed = []
        for message, attempt in due.items():
            delivery, endpoint = found.get(attempt.delivery_id, (None, None))
            if delivery is None or endpoint is None or not endpoint.is_enabled:
                continue
            if _is_next(attempt, delivery):
                signed.append(replace(message, content=self._call(delivery, endpoint)))
        return signed

    def _call(self, delivery: WebhookDelivery, endpoint: WebhookEndpoint) -> WebhookCall:
        at, secrets = self.wall_clock(), endpoint.signing_secrets(self.clock())
        return WebhookCall(
            delivery_id=delivery.id,
            partner_id=delivery.partner_id,
            attempt=delivery.attempts + 1,
            event=delivery.event,
            url=endpoint.url,
            headers=self.webhook_signer.sign(delivery.id, delivery.body, secrets, at),
            signed_at=at,
            body=delivery.body,
        )


def _is_next(attempt: WebhookDue, delivery: WebhookDelivery) -> bool:
    """A replay, or the disabling of the webhook, overtakes attempts that still wait."""
    is_queued = delivery.status is DeliveryStatus.QUEUED
    return is_queued and attempt.attempt == delivery.attempts + 1
