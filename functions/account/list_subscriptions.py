"""GET /account/subscriptions."""

from offers import wiring
from offers.domain.errors import InvalidCursor
from offers.domain.subscription import SubscriptionStatus
from offers.entrypoints import rest
from offers.entrypoints.schemas.account import SubscriptionList, subscription_document

app = rest.app("account")


@app.get("/api/v1/account/subscriptions")
@rest.documents({200: SubscriptionList}, InvalidCursor, conditional=True)
def list_subscriptions(
    status: SubscriptionStatus | None = None,
    limit: rest.Limit = rest.DEFAULT_LIMIT,
    cursor: rest.Cursor = None,
) -> rest.Answer:
    """The caller's subscriptions, newest first."""
    asked = rest.page_request(limit, cursor)
    page = wiring.list_subscriptions()(rest.caller().user_id, status, asked)
    return rest.page([subscription_document(view) for view in page.items], page.next)


handler = rest.handler(app)
