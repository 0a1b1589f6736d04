"""GET /offers/{id}."""

from uuid import UUID

from offers.domain.errors.catalogue import OfferNotFound
from offers.domain.ids import OfferId
from offers.entrypoints.http import rest
from offers.entrypoints.http.catalogue import offer_document
from offers.entrypoints.http.schemas.catalogue import OfferDocument
from offers.services.catalogue.get_offer import GetOffer
from offers.wiring import make

app = rest.app("offers")


@app.get("/api/v1/offers/<offer_id>")
@rest.documents({200: OfferDocument}, OfferNotFound, conditional=True)
def get_offer(offer_id: UUID) -> rest.Answer:
    """One offer."""
    offer = make(GetOffer)(OfferId(offer_id), rest.caller().role)
    etag = rest.entity_tag(offer.version)
    return rest.ok(offer_document(offer), etag=etag, cache_control=rest.REVALIDATE)


handler = rest.handler(app)
