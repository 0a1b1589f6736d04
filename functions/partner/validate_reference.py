"""GET /partner/validate/{reference}."""

from offers.domain.errors.partners import ReferenceNotFound
from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.partners import OrderDocument, order_document
from offers.services.partners.views import IdentifyPartner, ValidateReference
from offers.wiring import make

app = rest.app("partner")


@app.get("/api/v1/partner/validate/<reference>")
@rest.documents({200: OrderDocument}, ReferenceNotFound, security="apiKey", conditional=True)
def validate_reference(reference: str) -> rest.Answer:
    """Whether a reference is one of the partner's, and what became of the order.

    An unknown reference and another partner's look the same: 404 with `is_valid` false.
    """
    partner = make(IdentifyPartner)(rest.api_key_id())
    try:
        order = make(ValidateReference)(partner.id, reference)
    except ReferenceNotFound as unknown:
        return rest.refusal(unknown, reference=reference, is_valid=False)
    return rest.ok(order_document(order), etag=rest.entity_tag(order.version))


handler = rest.handler(app)
