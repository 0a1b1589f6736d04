"""POST /account/subscriptions/{id}/cancel."""

from uuid import UUID

from offers import wiring
from offers.domain.errors import SubscriptionNotActive, SubscriptionNotFound
from offers.domain.ids import SubscriptionId
from offers.entrypoints import rest
from offers.entrypoints.schemas.account import SubscriptionDocument, subscription_document

app = rest.app("account")


@app.post("/api/v1/account/subscriptions/<subscription_id>/cancel")
@rest.documents({200: SubscriptionDocument}, SubscriptionNotFound, SubscriptionNotActive)
def cancel_subscription(subscription_id: UUID) -> rest.Answer:
    """Stop renewal; the service runs to `expires_at`."""
    view = wiring.cancel_subscription()(rest.caller().user_id, SubscriptionId(subscription_id))
    return rest.ok(subscription_document(view))


handler = rest.handler(app)
