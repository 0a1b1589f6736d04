"""POST /account/subscriptions/{id}/cancel."""

from uuid import UUID

from offers.domain.errors.subscriptions import SubscriptionNotActive, SubscriptionNotFound
from offers.domain.ids import SubscriptionId
from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.subscriptions import (
    SubscriptionDocument,
    subscription_document,
)
from offers.services.subscriptions.cancel_subscription import CancelSubscription
from offers.wiring import make

app = rest.app("account")


@app.post("/api/v1/account/subscriptions/<subscription_id>/cancel")
@rest.documents({200: SubscriptionDocument}, SubscriptionNotFound, SubscriptionNotActive)
def cancel_subscription(subscription_id: UUID) -> rest.Answer:
    """Stop renewal; the service runs to `expires_at`."""
    view = make(CancelSubscription)(rest.caller().user_id, SubscriptionId(subscription_id))
    return rest.ok(subscription_document(view))


handler = rest.handler(app)
