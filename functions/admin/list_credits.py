"""GET /admin/credits."""

from offers.domain.credit import CreditStatus
from offers.domain.errors.lists import InvalidCursor
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.admin.ledger import (
    CreditRequestList,
    CreditStatusName,
    credit_request_document,
)
from offers.services.ledger.views import ListCredits
from offers.wiring import make

app = administration.app()


@app.get("/api/v1/admin/credits")
@rest.documents({200: CreditRequestList}, InvalidCursor)
def list_credits(
    status: CreditStatusName | None = None,
    limit: rest.Limit = rest.DEFAULT_LIMIT,
    cursor: rest.Cursor = None,
) -> rest.Answer:
    """Credits that wait for a second administrator, and what became of those that did."""
    wanted = None if status is None else CreditStatus(status)
    request = rest.page_request(limit, cursor)
    page = make(ListCredits)(administration.admin_id(), wanted, request)
    return rest.page([credit_request_document(each) for each in page.items], page.next)


handler = rest.handler(app)
