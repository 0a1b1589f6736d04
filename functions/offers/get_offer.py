"""GET /offers/{id}."""

from uuid import UUID

from offers import wiring
from offers.domain.errors import OfferNotFound
from offers.domain.ids import OfferId
from offers.entrypoints import rest
from offers.entrypoints.schemas.offers import OfferDocument, offer_document

app = rest.app("offers")


@app.get("/api/v1/offers/<offer_id>")
@rest.documents({200: OfferDocument}, OfferNotFound, conditional=True)
def get_offer(offer_id: UUID) -> rest.Answer:
    """One offer."""
    offer = wiring.get_offer()(OfferId(offer_id), rest.caller().role)
    etag = rest.entity_tag(offer.version)
    return rest.ok(offer_document(offer), etag=etag, cache_control=rest.REVALIDATE)


handler = rest.handler(app)
