"""GET /admin/offers."""

from typing import Literal

from offers.domain.errors.lists import InvalidCursor
from offers.domain.offer import OfferStatus
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.admin.catalogue import AdminOfferList, admin_offer_document
from offers.entrypoints.http.schemas.catalogue import Category, Search, Sort, offer_query
from offers.services.catalogue.search_offers import SearchOffers
from offers.wiring import make

app = administration.app()


@app.get("/api/v1/admin/offers")
@rest.documents({200: AdminOfferList}, InvalidCursor)
def search_offers(
    search: Search = "",
    category: Category | None = None,
    status: OfferStatus | Literal["all"] = "all",
    sort: Sort = "name",
    limit: rest.Limit = rest.DEFAULT_LIMIT,
    cursor: rest.Cursor = None,
) -> rest.Answer:
    """The whole catalogue with drafts, never from a cache."""
    admin_id = administration.admin_id()
    query = offer_query(search, category, status, sort, include_drafts=True)
    page = make(SearchOffers)(admin_id, query, rest.page_request(limit, cursor))
    return rest.page([admin_offer_document(offer) for offer in page.items], page.next)


handler = rest.handler(app)
