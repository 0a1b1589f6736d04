"""GET /offers, /offers/{id} and /offers/expiring, POST /offers/renew."""

from __future__ import annotations

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from offers.domain.offer import Offer
from offers.entrypoints.schemas.fields import (
    Amount,
    Currency,
    Id,
    RequestModel,
    Time,
    optional_time_of,
    time_of,
)

Category = Literal["internet", "tv", "mobile", "bundle"]


class RenewRequest(RequestModel):
    """Which subscription to renew: by its id, or the caller's latest one to an offer."""

    subscription_id: Annotated[UUID, Field(strict=False)] | None = None
    offer_id: Annotated[UUID, Field(strict=False)] | None = None

    @model_validator(mode="after")
    def _names_exactly_one(self) -> Self:
        if (self.subscription_id is None) == (self.offer_id is None):
            code, message = "exactly_one", "Give either subscription_id or offer_id."
            raise PydanticCustomError(code, message)
        return self


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


def offer_document(offer: Offer) -> OfferDocument:
    """An offer as customers see it."""
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
        valid_from=time_of(offer.valid_from),
        valid_until=optional_time_of(offer.valid_until),
        created_at=time_of(offer.created_at),
        updated_at=time_of(offer.updated_at),
    )
