"""GET /partner/validate/{reference}."""

from offers import wiring
from offers.domain.errors import ReferenceNotFound
from offers.entrypoints import rest
from offers.entrypoints.schemas.partner import OrderDocument, order_document

app = rest.app("partner")


@app.get("/api/v1/partner/validate/<reference>")
@rest.documents({200: OrderDocument}, ReferenceNotFound, security="apiKey", conditional=True)
def validate_reference(reference: str) -> rest.Answer:
    """Whether a reference is one of the partner's, and what became of the order.

    An unknown reference and another partner's look the same: 404 with `is_valid` false.
    """
    partner = wiring.identify_partner()(rest.api_key_id())
    try:
        order = wiring.validate_reference()(partner.id, reference)
    except ReferenceNotFound as unknown:
        return rest.refusal(unknown, reference=reference, is_valid=False)
    return rest.ok(order_document(order), etag=rest.entity_tag(order.version))


handler = rest.handler(app)
