"""GET /partner/transactions."""

from offers.domain.errors.lists import InvalidCursor
from offers.domain.transaction import TransactionStatus
from offers.entrypoints.http import partners, rest
from offers.entrypoints.http.schemas.activation import From, To
from offers.entrypoints.http.schemas.partners import OrderList, order_document
from offers.ports.store.transactions import TransactionQuery
from offers.services.activation.views import ListTransactions
from offers.services.partners.views import IdentifyPartner
from offers.wiring import make

app = rest.app("partner")


@app.get("/api/v1/partner/transactions")
@rest.documents({200: OrderList}, InvalidCursor, security="apiKey", conditional=True)
def list_partner_transactions(
    status: TransactionStatus | None = None,
    created_from: From = None,
    created_to: To = None,
    limit: rest.Limit = rest.DEFAULT_LIMIT,
    cursor: rest.Cursor = None,
) -> rest.Answer:
    """The partner's orders, newest first; `from` is inclusive, `to` exclusive."""
    partner = make(IdentifyPartner)(rest.api_key_id())
    owner = partners.owner(partner)
    query = TransactionQuery(
        status=status, created_from=created_from, created_to=created_to, partner_id=partner.id
    )
    page = make(ListTransactions)(query, rest.page_request(limit, cursor, owner))
    return rest.page([order_document(item) for item in page.items], page.next, owner=owner)


handler = rest.handler(app)
