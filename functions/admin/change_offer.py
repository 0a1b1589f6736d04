"""PATCH /admin/offers/{id}."""

from uuid import UUID

from offers.domain.errors.catalogue import InvalidValidity, OfferNotFound, OfferStatusNotAllowed
from offers.domain.errors.money import InvalidMoney
from offers.domain.ids import OfferId
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.admin.catalogue import (
    AdminOfferDocument,
    ChangeOfferRequest,
    admin_offer_document,
    offer_changes,
)
from offers.services.catalogue.change_offer import ChangeOffer
from offers.wiring import make

app = administration.app()


@app.patch("/api/v1/admin/offers/<offer_id>")
@rest.documents(
    {200: AdminOfferDocument},
    OfferNotFound,
    OfferStatusNotAllowed,
    InvalidMoney,
    InvalidValidity,
    if_match="required",
)
def change_offer(offer_id: UUID, body: ChangeOfferRequest) -> rest.Answer:
    """Change an offer, or retire it.

    Send the `ETag` that you saw as `If-Match`. Purchases made before keep their price.
    """
    offer = make(ChangeOffer)(
        administration.admin_id(),
        OfferId(offer_id),
        offer_changes(body),
        administration.required_versions(),
        body.reason,
    )
    return rest.ok(admin_offer_document(offer), etag=rest.entity_tag(offer.version))


handler = rest.handler(app)
