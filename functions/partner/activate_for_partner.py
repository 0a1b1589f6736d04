"""POST /partner/activate."""

from offers.domain.errors.catalogue import OfferNotAvailable, OfferNotFound
from offers.domain.errors.customers import UserNotFound
from offers.domain.errors.partners import (
    ActivationLimitReached,
    AmountMismatch,
    CreditLimitReached,
    PartnerReferenceReused,
)
from offers.domain.errors.subscriptions import AlreadySubscribed, SubscriptionTooLong
from offers.entrypoints.http import partners, rest
from offers.entrypoints.http.schemas.partners import AcceptedOrder, ActivateForPartnerRequest
from offers.services.partners.activate_for_partner import ActivateForPartner
from offers.services.partners.views import IdentifyPartner
from offers.wiring import make

app = rest.app("partner")


@app.post("/api/v1/partner/activate")
@rest.documents(
    {202: AcceptedOrder},
    UserNotFound,
    OfferNotFound,
    OfferNotAvailable,
    AlreadySubscribed,
    SubscriptionTooLong,
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
    partner = make(IdentifyPartner)(rest.api_key_id())
    key = rest.idempotency_key(partners.owner(partner))
    with partners.measured(partner):
        result = make(ActivateForPartner)(partner.id, body.order(), key)
    return partners.accepted(partner, result)


handler = rest.handler(app)
