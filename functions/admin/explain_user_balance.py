"""GET /admin/users/{id}/ledger."""

from uuid import UUID

from offers.domain.errors.customers import UserNotFound
from offers.domain.errors.lists import InvalidCursor
from offers.domain.ids import UserId
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.activation import From, To
from offers.entrypoints.http.schemas.admin.ledger import (
    AdminStatement,
    admin_statement_line_document,
)
from offers.ports.store.accounts import Period
from offers.services.ledger.views import ExplainBalance
from offers.wiring import make

app = administration.app()


@app.get("/api/v1/admin/users/<user_id>/ledger")
@rest.documents({200: AdminStatement}, UserNotFound, InvalidCursor)
def explain_user_balance(
    user_id: UUID,
    created_from: From = None,
    created_to: To = None,
    limit: rest.Limit = rest.DEFAULT_LIMIT,
    cursor: rest.Cursor = None,
) -> rest.Answer:
    """What moved a user's balance and who caused it, newest first."""
    period, asked = Period(created_from, created_to), rest.page_request(limit, cursor)
    page = make(ExplainBalance)(administration.admin_id(), UserId(user_id), period, asked)
    return rest.page([admin_statement_line_document(line) for line in page.items], page.next)


handler = rest.handler(app)
