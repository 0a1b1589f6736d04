"""PATCH /admin/offers/{id}."""

from uuid import UUID

from offers.domain.administration_errors import InvalidValidity, OfferStatusNotAllowed
from offers.domain.errors import InvalidMoney, OfferNotFound
from offers.domain.ids import OfferId
from offers.entrypoints import administration, rest
from offers.entrypoints.schemas.admin_offers import (
    AdminOfferDocument,
    ChangeOfferRequest,
    admin_offer_document,
    offer_changes,
)
from offers.wiring import administration as wiring

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
    admin_id, precondition = administration.admin_id(), administration.required_precondition()
    offer = wiring.change_offer()(
        admin_id, OfferId(offer_id), offer_changes(body), precondition, body.reason
    )
    return rest.ok(admin_offer_document(offer), etag=rest.entity_tag(offer.version))


handler = rest.handler(app)
