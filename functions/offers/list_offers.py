"""GET /offers."""

from typing import Literal

from offers.domain.errors.lists import InvalidCursor
from offers.domain.user import Role
from offers.entrypoints.http import rest
from offers.entrypoints.http.catalogue import offer_document
from offers.entrypoints.http.schemas.catalogue import (
    Category,
    OfferList,
    Search,
    Sort,
    offer_query,
)
from offers.services.catalogue.list_offers import ListOffers
from offers.wiring import make

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
    page = make(ListOffers)(query, rest.page_request(limit, cursor))
    documents = [offer_document(offer) for offer in page.items]
    return rest.page(documents, page.next, cache_control=rest.REVALIDATE)


handler = rest.handler(app)
