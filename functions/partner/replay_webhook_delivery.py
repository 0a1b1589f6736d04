"""POST /partner/webhooks/deliveries/{id}/replay."""

from uuid import UUID

from offers import wiring
from offers.domain.errors import WebhookDeliveryNotFound, WebhookDisabled, WebhookNotConfigured
from offers.domain.ids import WebhookDeliveryId
from offers.entrypoints import rest
from offers.entrypoints.schemas.partner import DeliveryDocument, delivery_document

app = rest.app("partner")

DELIVERIES = "/api/v1/partner/webhooks/deliveries"


@app.post("/api/v1/partner/webhooks/deliveries/<delivery_id>/replay")
@rest.documents(
    {202: DeliveryDocument},
    WebhookDeliveryNotFound,
    WebhookNotConfigured,
    WebhookDisabled,
    security="apiKey",
)
def replay_webhook_delivery(delivery_id: UUID) -> rest.Answer:
    """Deliver an event again, with the `webhook-id` it had; also one that was delivered."""
    partner = wiring.identify_partner()(rest.api_key_id())
    delivery = wiring.replay_webhook_delivery()(partner.id, WebhookDeliveryId(delivery_id))
    return rest.accepted(delivery_document(delivery), location=DELIVERIES, retry_after_seconds=1)


handler = rest.handler(app)
