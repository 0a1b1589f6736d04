"""Offers as administrators write and see them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from offers.domain.changes import REMOVE
from offers.domain.money import Money
from offers.domain.offer import Category, Offer, OfferStatus
from offers.domain.offer_administration import OfferChanges
from offers.entrypoints.http.catalogue import offer_document
from offers.entrypoints.http.schemas.admin.administration import Reason
from offers.entrypoints.http.schemas.catalogue import Category as CategoryName
from offers.entrypoints.http.schemas.catalogue import OfferDocument
from offers.entrypoints.http.schemas.fields import (
    Currency,
    Moment,
    ReadableText,
    RequestModel,
    SentAmount,
)
from offers.services.catalogue.create_offer import NewOffer

FIRST_YEAR, LAST_YEAR = 2000, 9000
Name = Annotated[ReadableText, Field(min_length=1, max_length=120)]
Products = Annotated[
    list[Annotated[ReadableText, Field(min_length=1, max_length=200)]], Field(max_length=50)
]
DurationDays = Annotated[int, Field(ge=1, le=3660, examples=[30])]


def _in_business(moment: datetime) -> datetime:
    """Years that an offer can be valid in, with room for every sum of days."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        code, message = "year", "Use a year from {first} to {last}."
        raise PydanticCustomError(code, message, {"first": FIRST_YEAR, "last": LAST_YEAR})
    return moment


Validity = Annotated[Moment, Field(strict=False), AfterValidator(_in_business)]
"""RFC 3339 with any offset."""


class CreateOfferRequest(RequestModel):
    """A new offer, valid from now unless it says otherwise."""

    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", examples=["DSL-100"])]
    name: Name
    description: Annotated[ReadableText, Field(max_length=2000)] = ""
    category: CategoryName
    products: Products = Field(default=[])
    price: SentAmount
    currency: Currency = "EUR"
    duration_days: DurationDays
    status: Literal["draft", "active"] = "draft"
    valid_from: Validity | None = None
    valid_until: Validity | None = None
    reason: Reason


class ChangeOfferRequest(RequestModel):
    """What is to change; what is left out stays. ``valid_until: null`` takes the end away."""

    name: Name | None = None
    description: Annotated[ReadableText, Field(max_length=2000)] | None = None
    category: CategoryName | None = None
    products: Products | None = None
    price: SentAmount | None = None
    duration_days: DurationDays | None = None
    status: Literal["draft", "active", "retired"] | None = None
    valid_from: Validity | None = None
    valid_until: Validity | None = None
    reason: Reason

    @model_validator(mode="after")
    def _only_an_end_can_be_taken_away(self) -> Self:
        for name in self.model_fields_set - {"valid_until"}:
            if getattr(self, name) is None:
                code, message = "null", "{field} cannot be null; leave it out to keep it."
                raise PydanticCustomError(code, message, {"field": name})
        return self


class AdminOfferDocument(OfferDocument):
    """An offer with the version that its ETag names."""

    version: int


class AdminOfferList(TypedDict):
    """One page of the whole catalogue."""

    data: list[AdminOfferDocument]
    next_cursor: str | None


def new_offer(body: CreateOfferRequest) -> NewOffer:
    """The offer that the body describes. Raises InvalidMoney."""
    return NewOffer(
        code=body.code,
        name=body.name,
        description=body.description,
        category=Category(body.category),
        products=tuple(body.products),
        price=Money.of(body.price, body.currency),
        duration_days=body.duration_days,
        status=OfferStatus(body.status),
        valid_from=body.valid_from,
        valid_until=body.valid_until,
    )


def offer_changes(body: ChangeOfferRequest) -> OfferChanges:
    """What the body asks for."""
    is_endless = "valid_until" in body.model_fields_set and body.valid_until is None
    return OfferChanges(
        name=body.name,
        description=body.description,
        category=None if body.category is None else Category(body.category),
        products=None if body.products is None else tuple(body.products),
        price=body.price,
        duration_days=body.duration_days,
        status=None if body.status is None else OfferStatus(body.status),
        valid_from=body.valid_from,
        valid_until=REMOVE if is_endless else body.valid_until,
    )


def admin_offer_document(offer: Offer) -> AdminOfferDocument:
    """An offer as administrators see it."""
    return AdminOfferDocument(**offer_document(offer), version=offer.version)
