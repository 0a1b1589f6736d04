"""GET /offers and /offers/{id}."""

from __future__ import annotations

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field
from typing_extensions import TypedDict

from offers.domain import offer as domain
from offers.entrypoints.http.schemas.fields import (
    Amount,
    Currency,
    Id,
    SearchText,
    Time,
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
