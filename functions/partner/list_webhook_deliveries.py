"""GET /partner/webhooks/deliveries."""

from offers import wiring
from offers.domain.errors import InvalidCursor
from offers.domain.webhook import DeliveryStatus
from offers.entrypoints import partners, rest
from offers.entrypoints.schemas.partner import DeliveryList, delivery_document

app = rest.app("partner")


@app.get("/api/v1/partner/webhooks/deliveries")
@rest.documents({200: DeliveryList}, InvalidCursor, security="apiKey", conditional=True)
def list_webhook_deliveries(
    status: DeliveryStatus | None = None,
    limit: rest.Limit = rest.DEFAULT_LIMIT,
    cursor: rest.Cursor = None,
) -> rest.Answer:
    """Events for the partner's webhook and every attempt to deliver them, newest first."""
    partner = wiring.identify_partner()(rest.api_key_id())
    owner = partners.owner(partner)
    request = rest.page_request(limit, cursor, owner)
    page = wiring.list_webhook_deliveries()(partner.id, status, request)
    documents = [delivery_document(view.delivery, view.attempts) for view in page.items]
    return rest.page(documents, page.next, owner=owner)


handler = rest.handler(app)
