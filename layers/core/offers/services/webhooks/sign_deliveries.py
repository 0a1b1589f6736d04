"""Webhook messages get address and signature at the moment they are sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from offers.domain.ids import WebhookDeliveryId
from offers.domain.outbox import OutboxMessage, Topic
from offers.domain.webhook import DeliveryStatus
from offers.domain.webhook_message import signed_headers
from offers.ports.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from offers.domain.webhook import WebhookDelivery, WebhookEndpoint
    from offers.ports.clock import Clock
    from offers.ports.outside.queues import MessageQueues
    from offers.ports.store.work import Reading


@dataclass(frozen=True)
class SigningQueues:
    """Port MessageQueues around another one.

    A signature is good for five minutes, and each attempt follows the partner's address and secrets
    of now: so the outbox holds neither, and no secret ever enters a queue (ADR 0010).
    """

    queues: MessageQueues
    reading: Reading
    clock: Clock

    def send(self, messages: Sequence[OutboxMessage]) -> Mapping[OutboxMessage, str]:
        """Attempts that are no longer wanted count as sent."""
        webhooks = [message for message in messages if message.topic is Topic.WEBHOOK]
        if not webhooks:
            return self.queues.send(messages)
        try:
            signed = self._signed(webhooks)
        except StoreUnavailable as unavailable:
            signed, refused = {}, dict.fromkeys(webhooks, unavailable.code)
        else:
            refused = {}
        others = [message for message in messages if message.topic is not Topic.WEBHOOK]
        not_sent = self.queues.send([*others, *signed])
        return refused | {signed.get(each, each): reason for each, reason in not_sent.items()}

    def backlog(self, topic: Topic) -> int | None:
        """That of the queue itself."""
        return self.queues.backlog(topic)

    def _signed(self, messages: Sequence[OutboxMessage]) -> dict[OutboxMessage, OutboxMessage]:
        """Each message to be sent, and the stored one it was made of."""
        at = self.clock()
        wanted = {message: _delivery_id(message) for message in messages}
        with self.reading() as store:
            found = store.webhook_deliveries.with_endpoints(list(wanted.values()))
        signed: dict[OutboxMessage, OutboxMessage] = {}
        for message, delivery_id in wanted.items():
            delivery, endpoint = found.get(delivery_id, (None, None))
            if delivery is None or endpoint is None or not endpoint.is_enabled:
                continue
            if _is_next(message, delivery):
                payload = _payload(delivery, endpoint, at)
                signed[replace(message, payload=payload)] = message
        return signed


def _delivery_id(message: OutboxMessage) -> WebhookDeliveryId:
    return WebhookDeliveryId(UUID(message.payload["delivery_id"]))


def _is_next(message: OutboxMessage, delivery: WebhookDelivery) -> bool:
    """A replay, or the disabling of the webhook, overtakes attempts that still wait."""
    is_queued = delivery.status is DeliveryStatus.QUEUED
    return is_queued and message.payload["attempt"] == delivery.attempts + 1


def _payload(delivery: WebhookDelivery, endpoint: WebhookEndpoint, at: datetime) -> dict[str, Any]:
    secrets = endpoint.signing_secrets(at)
    return {
        "delivery_id": str(delivery.id),
        "partner_id": str(delivery.partner_id),
        "attempt": delivery.attempts + 1,
        "event": delivery.event.value,
        "url": endpoint.url,
        "headers": signed_headers(delivery.id, delivery.body, secrets, at),
        "signed_at": at.isoformat(),
        "body": delivery.body,
    }
