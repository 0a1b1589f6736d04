"""POST /admin/offers."""

from offers.domain.administration_errors import InvalidValidity, OfferCodeTaken
from offers.domain.errors import InvalidMoney
from offers.domain.ids import OfferId
from offers.entrypoints import administration, rest
from offers.entrypoints.schemas.admin_offers import (
    AdminOfferDocument,
    CreateOfferRequest,
    admin_offer_document,
    new_offer,
)
from offers.wiring import administration as wiring

app = administration.app()


@app.post("/api/v1/admin/offers")
@rest.documents({201: AdminOfferDocument}, OfferCodeTaken, InvalidMoney, InvalidValidity)
def create_offer(body: CreateOfferRequest) -> rest.Answer:
    """Create an offer: a draft, which only administrators see, or an active one."""
    admin_id = administration.admin_id()
    offer = new_offer(body, OfferId(wiring.new_id()), wiring.clock()())
    wiring.create_offer()(admin_id, offer, body.reason)
    return rest.created(
        admin_offer_document(offer),
        location=f"/api/v1/offers/{offer.id}",
        etag=rest.entity_tag(offer.version),
    )


handler = rest.handler(app)
