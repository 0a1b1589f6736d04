"""GET /admin/partners."""

from offers.domain.errors import InvalidCursor
from offers.entrypoints import administration, rest
from offers.entrypoints.schemas.admin_partners import PartnerList, partner_document
from offers.wiring import administration as wiring

app = administration.app()


@app.get("/api/v1/admin/partners")
@rest.documents({200: PartnerList}, InvalidCursor)
def search_partners(
    limit: rest.Limit = rest.DEFAULT_LIMIT, cursor: rest.Cursor = None
) -> rest.Answer:
    """Partners with their accounts and keys, newest first."""
    page = wiring.search_partners()(administration.admin_id(), rest.page_request(limit, cursor))
    return rest.page([partner_document(view) for view in page.items], page.next)


handler = rest.handler(app)
