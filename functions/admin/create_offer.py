"""POST /admin/offers."""

from offers.domain.errors.catalogue import InvalidValidity, OfferCodeTaken
from offers.domain.errors.money import InvalidMoney
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.admin.catalogue import (
    AdminOfferDocument,
    CreateOfferRequest,
    admin_offer_document,
    new_offer,
)
from offers.services.catalogue.create_offer import CreateOffer
from offers.wiring import make

app = administration.app()


@app.post("/api/v1/admin/offers")
@rest.documents({201: AdminOfferDocument}, OfferCodeTaken, InvalidMoney, InvalidValidity)
def create_offer(body: CreateOfferRequest) -> rest.Answer:
    """Create an offer: a draft, which only administrators see, or an active one."""
    admin_id = administration.admin_id()
    offer = make(CreateOffer)(admin_id, new_offer(body), body.reason)
    return rest.created(
        admin_offer_document(offer),
        location=f"/api/v1/offers/{offer.id}",
        etag=rest.entity_tag(offer.version),
    )


handler = rest.handler(app)
