"""POST /offers/renew."""

from offers.domain.errors.catalogue import OfferNotAvailable
from offers.domain.errors.ledger import InsufficientBalance
from offers.domain.errors.subscriptions import (
    AlreadySubscribed,
    RenewalInProgress,
    SubscriptionChanged,
    SubscriptionNotFound,
    SubscriptionNotRenewable,
    SubscriptionTooLong,
)
from offers.entrypoints.http import activation, rest
from offers.entrypoints.http.schemas.activation import Accepted
from offers.entrypoints.http.schemas.subscriptions import RenewRequest, renewal_target
from offers.services.subscriptions.renew_subscription import RenewSubscription
from offers.wiring import make

app = rest.app("offers")


@app.post("/api/v1/offers/renew")
@rest.documents(
    {202: Accepted},
    SubscriptionNotFound,
    InsufficientBalance,
    OfferNotAvailable,
    SubscriptionNotRenewable,
    SubscriptionTooLong,
    SubscriptionChanged,
    RenewalInProgress,
    AlreadySubscribed,
    idempotent=True,
)
def renew_offer(body: RenewRequest) -> rest.Answer:
    """Pay for one more period of a subscription, before or after it has expired."""
    result = make(RenewSubscription)(
        rest.caller().user_id, renewal_target(body), rest.idempotency_key(), body.expires_at
    )
    return activation.accepted(result.transaction, is_replay=result.is_replay)


handler = rest.handler(app)
