"""GET /account/subscriptions."""

from offers.domain.errors.lists import InvalidCursor
from offers.domain.subscription import SubscriptionStatus
from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.subscriptions import SubscriptionList, subscription_document
from offers.services.subscriptions.views import ListSubscriptions
from offers.wiring import make

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
    page = make(ListSubscriptions)(rest.caller().user_id, status, asked)
    return rest.page([subscription_document(view) for view in page.items], page.next)


handler = rest.handler(app)
