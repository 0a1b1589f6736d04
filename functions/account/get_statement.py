"""GET /account/statement."""

from offers.domain.errors.lists import InvalidCursor
from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.activation import From, To
from offers.entrypoints.http.schemas.ledger import Statement, statement_line_document
from offers.ports.store.accounts import Period
from offers.services.ledger.views import GetStatement
from offers.wiring import make

app = rest.app("account")


@app.get("/api/v1/account/statement")
@rest.documents({200: Statement}, InvalidCursor, conditional=True)
def get_statement(
    created_from: From = None,
    created_to: To = None,
    limit: rest.Limit = rest.DEFAULT_LIMIT,
    cursor: rest.Cursor = None,
) -> rest.Answer:
    """What moved the caller's balance, newest first, each with the balance right after it."""
    period, asked = Period(created_from, created_to), rest.page_request(limit, cursor)
    page = make(GetStatement)(rest.caller().user_id, period, asked)
    return rest.page([statement_line_document(line) for line in page.items], page.next)


handler = rest.handler(app)
