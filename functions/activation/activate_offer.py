"""POST /activation."""

from offers.domain.errors.catalogue import OfferNotAvailable, OfferNotFound
from offers.domain.errors.ledger import InsufficientBalance
from offers.domain.errors.subscriptions import AlreadySubscribed, SubscriptionTooLong
from offers.domain.ids import OfferId
from offers.entrypoints.http import activation, rest
from offers.entrypoints.http.schemas.activation import Accepted, ActivateOfferRequest
from offers.services.activation.request_activation import RequestActivation
from offers.wiring import make

app = rest.app("activation")


@app.post("/api/v1/activation")
@rest.documents(
    {202: Accepted},
    OfferNotFound,
    OfferNotAvailable,
    AlreadySubscribed,
    SubscriptionTooLong,
    InsufficientBalance,
    idempotent=True,
)
def activate_offer(body: ActivateOfferRequest) -> rest.Answer:
    """Buy an offer from the prepaid balance; it is activated in the background."""
    result = make(RequestActivation)(
        rest.caller().user_id, OfferId(body.offer_id), rest.idempotency_key()
    )
    return activation.accepted(result.transaction, is_replay=result.is_replay)


handler = rest.handler(app)
