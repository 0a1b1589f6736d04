"""GET /offers and /offers/{id}."""

from __future__ import annotations

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field
from typing_extensions import TypedDict

from offers.domain import offer as domain
from offers.domain.ids import OfferId
from offers.domain.offer import Offer
from offers.domain.times import rfc3339
from offers.entrypoints.http.schemas.fields import (
    Amount,
    Currency,
    Id,
    SearchText,
    Time,
    optional_time_of,
)
from offers.ports.store.offers import OfferQuery

Category = Literal["internet", "tv", "mobile", "bundle"]
Sort = Literal["name", "-name", "price", "-price", "created_at", "-created_at"]
Search = Annotated[
    SearchText, Query(max_length=100, description="Looked for in name, description and code.")
]


class OfferDocument(TypedDict):
    """A bundle that can be bought while it is active and valid. ``valid_until`` is exclusive."""

    id: Id
    code: Annotated[str, Field(examples=["FIBRE-500"])]
    name: Annotated[str, Field(examples=["Fibre 500"])]
    description: str
    category: Category
    products: Annotated[list[str], Field(examples=[["Fibre 500 Mbit/s", "Wi-Fi 6 router"]])]
    price: Amount
    currency: Currency
    duration_days: Annotated[int, Field(examples=[30])]
    status: Literal["draft", "active", "retired"]
    valid_from: Time
    valid_until: Time | None
    created_at: Time
    updated_at: Time


class OfferList(TypedDict):
    """One page of the catalogue."""

    data: list[OfferDocument]
    next_cursor: str | None


def offer_query(
    search: str, category: str | None, status: str, sort: str, *, include_drafts: bool
) -> OfferQuery:
    """The question that the query parameters ask; drafts come with ``all`` only."""
    shows_all = status == "all"
    return OfferQuery(
        search=search.strip(),
        category=None if category is None else domain.Category(category),
        status=None if shows_all else domain.OfferStatus(status),
        include_drafts=include_drafts and shows_all,
        sort=sort,
    )


_MOST_KEPT = 1000
_kept: dict[tuple[OfferId, int], OfferDocument] = {}


def offer_document(offer: Offer) -> OfferDocument:
    """An offer as customers see it; not to be changed, since it is made once for each version."""
    key = (offer.id, offer.version)
    document = _kept.get(key)
    if document is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        document = _kept[key] = _document(offer)
    return document


def _document(offer: Offer) -> OfferDocument:
    return OfferDocument(
        id=str(offer.id),
        code=offer.code,
        name=offer.name,
        description=offer.description,
        category=offer.category.value,
        products=list(offer.products),
        price=offer.price.amount,
        currency=offer.price.currency,
        duration_days=offer.duration_days,
        status=offer.status.value,
        valid_from=rfc3339(offer.valid_from),
        valid_until=optional_time_of(offer.valid_until),
        created_at=rfc3339(offer.created_at),
        updated_at=rfc3339(offer.updated_at),
    )
