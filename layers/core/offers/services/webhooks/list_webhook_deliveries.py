"""What a partner was told, and telling it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offers.domain.ids import PartnerId
    from offers.domain.webhook import DeliveryStatus
    from offers.ports.pages import Page, PageRequest
    from offers.ports.store.webhooks import DeliveryView
    from offers.ports.store.work import Reading


@dataclass(frozen=True)
class ListWebhookDeliveries:
    """All of them, or those in one status; newest first."""

    reading: Reading

    def __call__(
        self, partner_id: PartnerId, status: DeliveryStatus | None, request: PageRequest
    ) -> Page[DeliveryView]:
        """Raises InvalidCursor or StoreUnavailable."""
        with self.reading() as store:
            return store.webhook_deliveries.page(partner_id, status, request)
