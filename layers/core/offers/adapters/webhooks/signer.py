"""Signatures by the library that partners verify with."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from offers.domain.ids import WebhookDeliveryId


class StandardWebhookSigner:
    """Port WebhookSigner. The library is loaded by the first signature."""

    def sign(
        self, delivery_id: WebhookDeliveryId, body: str, secrets: Sequence[str], at: datetime
    ) -> dict[str, str]:
        """HMAC-SHA256 of id, time and body (standardwebhooks.com, "Signature scheme")."""
        from standardwebhooks import Webhook

        message_id = str(delivery_id)
        moment = at.astimezone(UTC)  # the library takes any other zone's hour for UTC's
        signatures = [Webhook(secret).sign(message_id, moment, body) for secret in secrets]
        return {
            "webhook-id": message_id,
            "webhook-timestamp": str(int(moment.timestamp())),
            "webhook-signature": " ".join(signatures),
        }
