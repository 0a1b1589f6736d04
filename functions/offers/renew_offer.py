"""POST /offers/renew."""

from offers import wiring
from offers.domain.errors import (
    AlreadySubscribed,
    InsufficientBalance,
    OfferNotAvailable,
    RenewalInProgress,
    SubscriptionNotFound,
    SubscriptionNotRenewable,
)
from offers.entrypoints import purchases, rest
from offers.entrypoints.schemas.activation import Accepted
from offers.entrypoints.schemas.renewals import RenewRequest, renewal_target

app = rest.app("offers")


@app.post("/api/v1/offers/renew")
@rest.documents(
    {202: Accepted},
    SubscriptionNotFound,
    InsufficientBalance,
    OfferNotAvailable,
    SubscriptionNotRenewable,
    RenewalInProgress,
    AlreadySubscribed,
    idempotent=True,
)
def renew_offer(body: RenewRequest) -> rest.Answer:
    """Pay for one more period of a subscription, before or after it has expired."""
    result = wiring.renew_subscription()(
        rest.caller().user_id, renewal_target(body), rest.idempotency_key()
    )
    return purchases.accepted(result.transaction, is_replay=result.is_replay)


handler = rest.handler(app)
