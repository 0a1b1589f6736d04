"""POST /partner/activate."""

from offers import wiring
from offers.domain.errors import (
    ActivationLimitReached,
    AlreadySubscribed,
    AmountMismatch,
    CreditLimitReached,
    OfferNotAvailable,
    OfferNotFound,
    PartnerReferenceReused,
    UserNotFound,
)
from offers.entrypoints import partners, rest
from offers.entrypoints.schemas.partner import AcceptedOrder, ActivateForPartnerRequest

app = rest.app("partner")


@app.post("/api/v1/partner/activate")
@rest.documents(
    {202: AcceptedOrder},
    UserNotFound,
    OfferNotFound,
    OfferNotAvailable,
    AlreadySubscribed,
    AmountMismatch,
    CreditLimitReached,
    ActivationLimitReached,
    PartnerReferenceReused,
    security="apiKey",
    idempotent=True,
)
def activate_for_partner(body: ActivateForPartnerRequest) -> rest.Answer:
    """Order an offer for a customer; the partner's own account is charged.

    The same `partner_reference` with the same order gives the first answer again; a failed
    activation gives the money back.
    """
    partner = wiring.identify_partner()(rest.api_key_id())
    key = rest.idempotency_key(partners.owner(partner))
    with partners.measured(partner):
        result = wiring.activate_for_partner()(partner.id, body.order(), key)
    return partners.accepted(partner, result)


handler = rest.handler(app)
