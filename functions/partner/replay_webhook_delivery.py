"""POST /partner/webhooks/deliveries/{id}/replay."""

from uuid import UUID

from offers.domain.errors.webhooks import (
    ReplayLimitReached,
    WebhookDeliveryNotFound,
    WebhookDisabled,
    WebhookNotConfigured,
)
from offers.domain.ids import WebhookDeliveryId
from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.webhooks import DeliveryDocument, delivery_document
from offers.services.partners.views import IdentifyPartner
from offers.services.webhooks.replay_webhook_delivery import ReplayWebhookDelivery
from offers.wiring import make

app = rest.app("partner")

DELIVERIES = "/api/v1/partner/webhooks/deliveries"


@app.post("/api/v1/partner/webhooks/deliveries/<delivery_id>/replay")
@rest.documents(
    {202: DeliveryDocument},
    WebhookDeliveryNotFound,
    WebhookNotConfigured,
    WebhookDisabled,
    ReplayLimitReached,
    security="apiKey",
)
def replay_webhook_delivery(delivery_id: UUID) -> rest.Answer:
    """Deliver an event again, with the `webhook-id` it had; also one that was delivered.

    Twenty times at most: `replays_left` says how often it still can be.
    """
    partner = make(IdentifyPartner)(rest.api_key_id())
    delivery = make(ReplayWebhookDelivery)(partner.id, WebhookDeliveryId(delivery_id))
    return rest.accepted(delivery_document(delivery), location=DELIVERIES, retry_after_seconds=1)


handler = rest.handler(app)
