"""Webhook deliveries: the record of them, and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from offers.domain.ids import PartnerId, WebhookDeliveryId
    from offers.domain.webhook import (
        DeliveryStatus,
        WebhookAttempt,
        WebhookDelivery,
        WebhookEndpoint,
    )
    from offers.ports.pages import Page, PageRequest


ATTEMPTS_SHOWN = 20
"""More than a delivery takes that is not replayed."""


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """A delivery as its partner sees it, with its last attempts, ATTEMPTS_SHOWN at most."""

    delivery: WebhookDelivery
    attempts: tuple[WebhookAttempt, ...]


class WebhookDeliveries(Protocol):
    """What partners were told, and how often it was tried."""

    def add(self, delivery: WebhookDelivery) -> None:
        """Store a new one."""

    def lock_for_partner(
        self, delivery_id: WebhookDeliveryId, partner_id: PartnerId
    ) -> WebhookDelivery:
        """Hold the row. Raise WebhookDeliveryNotFound unless it is this partner's."""

    def save(self, delivery: WebhookDelivery) -> None:
        """Store a changed, locked delivery."""

    def add_attempt(self, delivery_id: WebhookDeliveryId, attempt: WebhookAttempt) -> bool:
        """Store it; False if this attempt was recorded before."""

    def fail_queued(self, partner_id: PartnerId, at: datetime) -> None:
        """Give up whatever still waits for this partner."""

    def delete_before(self, before: datetime, limit: int) -> int:
        """Forget at most ``limit`` deliveries and their attempts from before ``before``; how many
        went.
        """

    def page(
        self, partner_id: PartnerId, status: DeliveryStatus | None, request: PageRequest
    ) -> Page[DeliveryView]:
        """The partner's deliveries, newest first."""

    def with_endpoints(
        self, delivery_ids: Sequence[WebhookDeliveryId]
    ) -> Mapping[WebhookDeliveryId, tuple[WebhookDelivery, WebhookEndpoint | None]]:
        """Those deliveries, each with its partner's endpoint as it is now."""
