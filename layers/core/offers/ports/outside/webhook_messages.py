"""What partners are sent: the words, and their signature (Standard Webhooks)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from offers.domain.ids import WebhookDeliveryId
    from offers.domain.transaction import Transaction
    from offers.domain.webhook import WebhookEvent


class WebhookWriter(Protocol):
    """Turns events into bodies."""

    def write(self, event: WebhookEvent, order: Transaction, at: datetime) -> str:
        """The body as it is signed and sent, each time the same bytes."""


class WebhookSigner(Protocol):
    """Says who sent a body, and when."""

    def sign(
        self, delivery_id: WebhookDeliveryId, body: str, secrets: Sequence[str], at: datetime
    ) -> Mapping[str, str]:
        """``webhook-id``, ``webhook-timestamp`` and ``webhook-signature`` with one signature for
        each secret.
        """
