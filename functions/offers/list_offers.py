"""GET /offers."""

from typing import Literal

from offers import wiring
from offers.domain.errors import InvalidCursor
from offers.domain.user import Role
from offers.entrypoints import rest
from offers.entrypoints.schemas.offers import (
    Category,
    OfferList,
    Search,
    Sort,
    offer_document,
    offer_query,
)

app = rest.app("offers")


@app.get("/api/v1/offers")
@rest.documents({200: OfferList}, InvalidCursor, conditional=True)
def list_offers(
    search: Search = "",
    category: Category | None = None,
    status: Literal["active", "retired", "all"] = "active",
    sort: Sort = "name",
    limit: rest.Limit = rest.DEFAULT_LIMIT,
    cursor: rest.Cursor = None,
) -> rest.Answer:
    """Browse the catalogue; `active` offers are those that can be bought now."""
    see_drafts = rest.caller().role is Role.ADMIN
    query = offer_query(search, category, status, sort, include_drafts=see_drafts)
    page = wiring.list_offers()(query, rest.page_request(limit, cursor))
    documents = [offer_document(offer) for offer in page.items]
    return rest.page(documents, page.next, cache_control=rest.REVALIDATE)


handler = rest.handler(app)
