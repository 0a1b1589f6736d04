"""GET /offers/expiring."""

from datetime import timedelta

from offers.domain.errors.lists import InvalidCursor
from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.subscriptions import (
    SubscriptionList,
    WithinDays,
    subscription_document,
)
from offers.services.subscriptions.views import ListExpiring
from offers.wiring import make

app = rest.app("offers")


@app.get("/api/v1/offers/expiring")
@rest.documents({200: SubscriptionList}, InvalidCursor)
def list_expiring(
    within_days: WithinDays = 3,
    limit: rest.Limit = rest.DEFAULT_LIMIT,
    cursor: rest.Cursor = None,
) -> rest.Answer:
    """The caller's active subscriptions that end within some days, soonest first."""
    within = timedelta(days=within_days)
    asked = rest.page_request(limit, cursor)
    page = make(ListExpiring)(rest.caller().user_id, within, asked)
    return rest.page([subscription_document(view) for view in page.items], page.next)


handler = rest.handler(app)
