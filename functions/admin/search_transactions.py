"""GET /admin/transactions."""

from uuid import UUID

from offers.domain.errors.lists import InvalidCursor
from offers.domain.ids import PartnerId, UserId
from offers.domain.transaction import TransactionKind, TransactionStatus
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.activation import From, To
from offers.entrypoints.http.schemas.admin.activation import (
    AdminTransactionList,
    Sort,
    admin_transaction_document,
)
from offers.entrypoints.http.schemas.admin.administration import ExactText
from offers.ports.store.transactions import TransactionQuery
from offers.services.activation.views import SearchTransactions
from offers.wiring import make

app = administration.app()


@app.get("/api/v1/admin/transactions")
@rest.documents({200: AdminTransactionList}, InvalidCursor)
def search_transactions(  # noqa: PLR0913, PLR0917  # each is a query parameter
    user_id: UUID | None = None,
    partner_id: UUID | None = None,
    status: TransactionStatus | None = None,
    kind: TransactionKind | None = None,
    reference: ExactText = None,
    partner_reference: ExactText = None,
    attention_required: bool | None = None,  # noqa: FBT001  # a query parameter, given by name
    created_from: From = None,
    created_to: To = None,
    sort: Sort = "-created_at",
    limit: rest.Limit = rest.DEFAULT_LIMIT,
    cursor: rest.Cursor = None,
) -> rest.Answer:
    """Everybody's transactions, newest first unless `sort` says otherwise.

    `attention_required=true` is the operators' list.
    """
    admin_id = administration.admin_id()
    query = TransactionQuery(
        user_id=None if user_id is None else UserId(user_id),
        partner_id=None if partner_id is None else PartnerId(partner_id),
        status=status,
        kind=kind,
        reference=reference,
        partner_reference=partner_reference,
        attention_required=attention_required,
        created_from=created_from,
        created_to=created_to,
        is_oldest_first=sort == "created_at",
    )
    page = make(SearchTransactions)(admin_id, query, rest.page_request(limit, cursor))
    return rest.page([admin_transaction_document(item) for item in page.items], page.next)


handler = rest.handler(app)
