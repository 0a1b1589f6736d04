"""GET /admin/users/{id}/subscriptions."""

from uuid import UUID

from offers.domain.errors.customers import UserNotFound
from offers.domain.errors.lists import InvalidCursor
from offers.domain.ids import UserId
from offers.domain.subscription import SubscriptionStatus
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.subscriptions import SubscriptionList, subscription_document
from offers.services.subscriptions.views import ListSubscriptionsOf
from offers.wiring import make

app = administration.app()


@app.get("/api/v1/admin/users/<user_id>/subscriptions")
@rest.documents({200: SubscriptionList}, UserNotFound, InvalidCursor)
def list_user_subscriptions(
    user_id: UUID,
    status: SubscriptionStatus | None = None,
    limit: rest.Limit = rest.DEFAULT_LIMIT,
    cursor: rest.Cursor = None,
) -> rest.Answer:
    """A user's subscriptions, newest first."""
    asked = rest.page_request(limit, cursor)
    page = make(ListSubscriptionsOf)(administration.admin_id(), UserId(user_id), status, asked)
    return rest.page([subscription_document(view) for view in page.items], page.next)


handler = rest.handler(app)
