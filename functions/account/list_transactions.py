"""GET /account/transactions."""

from offers.domain.errors.lists import InvalidCursor
from offers.domain.transaction import TransactionKind, TransactionStatus
from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.activation import (
    From,
    To,
    TransactionList,
    transaction_document,
)
from offers.ports.store.transactions import TransactionQuery
from offers.services.activation.views import ListTransactions
from offers.wiring import make

app = rest.app("account")


@app.get("/api/v1/account/transactions")
@rest.documents({200: TransactionList}, InvalidCursor, conditional=True)
def list_transactions(
    status: TransactionStatus | None = None,
    kind: TransactionKind | None = None,
    created_from: From = None,
    created_to: To = None,
    limit: rest.Limit = rest.DEFAULT_LIMIT,
    cursor: rest.Cursor = None,
) -> rest.Answer:
    """The caller's transactions, newest first; `from` is inclusive, `to` exclusive."""
    query = TransactionQuery(rest.caller().user_id, status, kind, created_from, created_to)
    page = make(ListTransactions)(query, rest.page_request(limit, cursor))
    return rest.page([transaction_document(item) for item in page.items], page.next)


handler = rest.handler(app)
