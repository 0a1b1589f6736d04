"""GET /partner/webhooks/deliveries."""

from offers.domain.errors.lists import InvalidCursor
from offers.domain.webhook import DeliveryStatus
from offers.entrypoints.http import partners, rest
from offers.entrypoints.http.schemas.webhooks import DeliveryList, delivery_document
from offers.services.partners.views import IdentifyPartner
from offers.services.webhooks.list_webhook_deliveries import ListWebhookDeliveries
from offers.wiring import make

app = rest.app("partner")


@app.get("/api/v1/partner/webhooks/deliveries")
@rest.documents({200: DeliveryList}, InvalidCursor, security="apiKey", conditional=True)
def list_webhook_deliveries(
    status: DeliveryStatus | None = None,
    limit: rest.Limit = rest.DEFAULT_LIMIT,
    cursor: rest.Cursor = None,
) -> rest.Answer:
    """Events for the partner's webhook and every attempt to deliver them, newest first."""
    partner = make(IdentifyPartner)(rest.api_key_id())
    owner = partners.owner(partner)
    request = rest.page_request(limit, cursor, owner)
    page = make(ListWebhookDeliveries)(partner.id, status, request)
    documents = [delivery_document(view.delivery, view.attempts) for view in page.items]
    return rest.page(documents, page.next, owner=owner)


handler = rest.handler(app)
