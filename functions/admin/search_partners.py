"""GET /admin/partners."""

from offers.domain.errors.lists import InvalidCursor
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.admin.partners import PartnerList, partner_document
from offers.services.partners.views import SearchPartners
from offers.wiring import make

app = administration.app()


@app.get("/api/v1/admin/partners")
@rest.documents({200: PartnerList}, InvalidCursor)
def search_partners(
    limit: rest.Limit = rest.DEFAULT_LIMIT, cursor: rest.Cursor = None
) -> rest.Answer:
    """Partners with their accounts and keys, newest first."""
    page = make(SearchPartners)(administration.admin_id(), rest.page_request(limit, cursor))
    return rest.page([partner_document(view) for view in page.items], page.next)


handler = rest.handler(app)
