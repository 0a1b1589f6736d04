"""PATCH /account/subscriptions/{id}."""

from uuid import UUID

from offers.domain.errors.subscriptions import SubscriptionNotActive, SubscriptionNotFound
from offers.domain.ids import SubscriptionId
from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.subscriptions import (
    SubscriptionDocument,
    UpdateSubscriptionRequest,
    subscription_document,
)
from offers.services.subscriptions.set_auto_renew import SetAutoRenew
from offers.wiring import make

app = rest.app("account")


@app.patch("/api/v1/account/subscriptions/<subscription_id>")
@rest.documents({200: SubscriptionDocument}, SubscriptionNotFound, SubscriptionNotActive)
def update_subscription(subscription_id: UUID, body: UpdateSubscriptionRequest) -> rest.Answer:
    """Switch automatic renewal on, which also takes a cancellation back, or off."""
    view = make(SetAutoRenew)(
        rest.caller().user_id, SubscriptionId(subscription_id), auto_renew=body.auto_renew
    )
    return rest.ok(subscription_document(view))


handler = rest.handler(app)
