"""PATCH /account/subscriptions/{id}."""

from uuid import UUID

from offers import wiring
from offers.domain.errors import SubscriptionNotActive, SubscriptionNotFound
from offers.domain.ids import SubscriptionId
from offers.entrypoints import rest
from offers.entrypoints.schemas.account import (
    SubscriptionDocument,
    UpdateSubscriptionRequest,
    subscription_document,
)

app = rest.app("account")


@app.patch("/api/v1/account/subscriptions/<subscription_id>")
@rest.documents({200: SubscriptionDocument}, SubscriptionNotFound, SubscriptionNotActive)
def update_subscription(subscription_id: UUID, body: UpdateSubscriptionRequest) -> rest.Answer:
    """Switch automatic renewal on, which also takes a cancellation back, or off."""
    view = wiring.set_auto_renew()(
        rest.caller().user_id, SubscriptionId(subscription_id), auto_renew=body.auto_renew
    )
    return rest.ok(subscription_document(view))


handler = rest.handler(app)
