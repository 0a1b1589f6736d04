"""POST /activation."""

from offers import wiring
from offers.domain.errors import (
    AlreadySubscribed,
    InsufficientBalance,
    OfferNotAvailable,
    OfferNotFound,
)
from offers.domain.ids import OfferId
from offers.entrypoints import purchases, rest
from offers.entrypoints.schemas.activation import Accepted, ActivateOfferRequest

app = rest.app("activation")


@app.post("/api/v1/activation")
@rest.documents(
    {202: Accepted},
    OfferNotFound,
    OfferNotAvailable,
    AlreadySubscribed,
    InsufficientBalance,
    idempotent=True,
)
def activate_offer(body: ActivateOfferRequest) -> rest.Answer:
    """Buy an offer from the prepaid balance; it is activated in the background."""
    result = wiring.request_activation()(
        rest.caller().user_id, OfferId(body.offer_id), rest.idempotency_key()
    )
    return purchases.accepted(result.transaction, is_replay=result.is_replay)


handler = rest.handler(app)
