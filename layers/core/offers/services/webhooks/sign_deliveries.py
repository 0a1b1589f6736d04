"""Webhook messages get address and signature at the moment they are sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offers.domain.messages import WebhookCall, WebhookDue
from offers.domain.webhook import DeliveryStatus
from offers.ports.errors import StoreUnavailable
from offers.ports.outside.secret_box import SealBroken, SealingKeysUnavailable
from offers.services.outbox.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from offers.domain.outbox import OutboxMessage
    from offers.domain.webhook import WebhookDelivery, WebhookEndpoint
    from offers.ports.clock import Clock
    from offers.ports.outside.webhook_messages import WebhookSigner
    from offers.ports.store.work import Reading
    from offers.services.webhooks.webhook_secrets import WebhookSecrets


@dataclass(frozen=True)
class SignDeliveries:
    """What the outbox calls before it sends.

    A signature is good for five minutes, and each attempt follows the partner's address and secrets
    of now: so the outbox holds neither, and no secret ever enters a queue (ADR 0010). It is dated
    by ``wall_clock``: receivers have no other, also where a laptop's ``clock`` was moved.
    """

    reading: Reading
    webhook_secrets: WebhookSecrets
    webhook_signer: WebhookSigner
    clock: Clock
    wall_clock: Clock

    def __call__(self, messages: Sequence[OutboxMessage]) -> Prepared:
        """Attempts that are no longer wanted are left out; without store or keys none is signed."""
        due = {each: each.content for each in messages if isinstance(each.content, WebhookDue)}
        if not due:
            return Prepared(messages)
        others = [message for message in messages if message not in due]
        try:
            signed, refused = self._signed(due)
        except (StoreUnavailable, SealingKeysUnavailable) as unavailable:
            return Prepared(others, dict.fromkeys(due, unavailable.code))
        return Prepared([*others, *signed], refused)

    def _signed(
        self, due: Mapping[OutboxMessage, WebhookDue]
    ) -> tuple[list[OutboxMessage], dict[OutboxMessage, str]]:
        with self.reading() as store:
            found = store.webhook_deliveries.with_endpoints([d.delivery_id for d in due.values()])
        signed, refused = [], {}
        for message, attempt in due.items():
            delivery, endpoint = found.get(attempt.delivery_id, (None, None))
            if delivery is None or endpoint is None or not _is_wanted(attempt, delivery, endpoint):
                continue
            try:
                signed.append(replace(message, content=self._call(delivery, endpoint)))
            except SealBroken:
                refused[message] = "the webhook's secret does not open"
        return signed, refused

    def _call(self, delivery: WebhookDelivery, endpoint: WebhookEndpoint) -> WebhookCall:
        at, sealed = self.wall_clock(), endpoint.signing_secrets(self.clock())
        secrets = [self.webhook_secrets.open(each, delivery.partner_id) for each in sealed]
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


def _is_wanted(attempt: WebhookDue, delivery: WebhookDelivery, endpoint: WebhookEndpoint) -> bool:
    """A replay, or the disabling of the webhook, overtakes attempts that still wait."""
    is_queued = delivery.status is DeliveryStatus.QUEUED
    return endpoint.is_enabled and is_queued and attempt.attempt == delivery.attempts + 1
