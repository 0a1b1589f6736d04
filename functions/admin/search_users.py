"""GET /admin/users."""

from offers.domain.errors.lists import InvalidCursor
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.admin.customers import (
    ExactUsername,
    RoleName,
    UserList,
    UserSearch,
    user_document,
    user_query,
)
from offers.services.customers.views import SearchUsers
from offers.wiring import make

app = administration.app()


@app.get("/api/v1/admin/users")
@rest.documents({200: UserList}, InvalidCursor)
def search_users(
    search: UserSearch = "",
    username: ExactUsername = None,
    role: RoleName | None = None,
    active: bool | None = None,  # noqa: FBT001  # a query parameter, given by name
    limit: rest.Limit = rest.DEFAULT_LIMIT,
    cursor: rest.Cursor = None,
) -> rest.Answer:
    """Users with their balances, newest first."""
    admin_id = administration.admin_id()
    query = user_query(search, username, role, active=active)
    page = make(SearchUsers)(admin_id, query, rest.page_request(limit, cursor))
    return rest.page([user_document(view) for view in page.items], page.next)


handler = rest.handler(app)
