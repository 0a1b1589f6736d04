"""GET /partner/transactions."""

from offers import wiring
from offers.domain.errors import InvalidCursor
from offers.domain.transaction import TransactionStatus
from offers.entrypoints import partners, rest
from offers.entrypoints.schemas.account import From, To
from offers.entrypoints.schemas.partner import OrderList, order_document
from offers.ports.transactions import TransactionQuery

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
    partner = wiring.identify_partner()(rest.api_key_id())
    owner = partners.owner(partner)
    query = TransactionQuery(
        status=status, created_from=created_from, created_to=created_to, partner_id=partner.id
    )
    page = wiring.list_transactions()(query, rest.page_request(limit, cursor, owner))
    return rest.page([order_document(item) for item in page.items], page.next, owner=owner)


handler = rest.handler(app)
