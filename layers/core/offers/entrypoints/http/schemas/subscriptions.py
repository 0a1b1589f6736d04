"""Everything under /account, and GET /offers/expiring, which lists subscriptions too."""

from __future__ import annotations

from typing import Annotated, Literal, Self, cast
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import ConfigDict, Field, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from offers.domain.ids import OfferId, SubscriptionId
from offers.domain.offer import Offer
from offers.domain.subscription import Subscription
from offers.entrypoints.http.schemas.catalogue import Category
from offers.entrypoints.http.schemas.fields import (
    Amount,
    Currency,
    Id,
    Moment,
    RequestModel,
    Time,
    optional_time_of,
)
from offers.ports.store.subscriptions import SubscriptionView
from offers.services.subscriptions.renew_subscription import LatestSubscriptionTo

WithinDays = Annotated[int, Query(ge=1, le=90, description="How many days ahead to look.")]


class UpdateSubscriptionRequest(RequestModel):
    """Whether the subscription renews by itself."""

    auto_renew: Annotated[bool, Field(examples=[True])]


class OfferSummary(TypedDict):
    """The offer of a subscription, in short."""

    id: Id
    code: Annotated[str, Field(examples=["FIBRE-500"])]
    name: Annotated[str, Field(examples=["Fibre 500"])]
    category: Category


class SubscriptionDocument(TypedDict):
    """A subscription at the price it was bought for, with the transaction that touched it last.

    ``cancelled_at`` set while it is active: it ends at ``expires_at`` and does not renew.
    """

    id: Id
    offer: OfferSummary
    status: Literal["pending", "active", "expired", "cancelled", "failed"]
    price: Amount
    currency: Currency
    starts_at: Time | None
    expires_at: Time | None
    auto_renew: bool
    cancelled_at: Time | None
    transaction_id: Id


class SubscriptionList(TypedDict):
    """One page of the caller's subscriptions."""

    data: list[SubscriptionDocument]
    next_cursor: str | None


def subscription_document(view: SubscriptionView) -> SubscriptionDocument:
    """A subscription as its owner sees it."""
    subscription: Subscription = view.subscription
    return SubscriptionDocument(
        id=str(subscription.id),
        offer=_summary(view.offer),
        status=subscription.status.value,
        price=subscription.price.amount,
        currency=subscription.price.currency,
        starts_at=optional_time_of(subscription.starts_at),
        expires_at=optional_time_of(subscription.expires_at),
        auto_renew=subscription.auto_renew,
        cancelled_at=optional_time_of(subscription.cancelled_at),
        transaction_id=str(view.transaction_id),
    )


def _summary(offer: Offer) -> OfferSummary:
    return OfferSummary(
        id=str(offer.id), code=offer.code, name=offer.name, category=offer.category.value
    )


_RENEWAL: JsonDict = {
    "subscription_id": "0193572c-7c1e-7b3a-9f52-0d3e5a1b2c4d",
    "expires_at": "2026-03-01T09:30:00Z",
}
SeenEnd = Annotated[
    Moment,
    Field(
        strict=False,
        description="The subscription's `expires_at` as it was read before.",
        examples=[_RENEWAL["expires_at"]],
    ),
]


class RenewRequest(RequestModel):
    """Which subscription to renew: by its id, or the caller's latest one to an offer.

    ``expires_at`` is the end that the customer saw: so the period that follows it is paid for once,
    however often this is sent. Always send it.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_RENEWAL]})

    subscription_id: Annotated[UUID, Field(strict=False)] | None = None
    offer_id: Annotated[UUID, Field(strict=False)] | None = None
    expires_at: SeenEnd | None = None

    @model_validator(mode="after")
    def _names_exactly_one(self) -> Self:
        if (self.subscription_id is None) == (self.offer_id is None):
            code, message = "exactly_one", "Give either subscription_id or offer_id."
            raise PydanticCustomError(code, message)
        return self


def renewal_target(body: RenewRequest) -> SubscriptionId | LatestSubscriptionTo:
    """Which subscription the body names."""
    if body.subscription_id is not None:
        return SubscriptionId(body.subscription_id)
    return LatestSubscriptionTo(OfferId(cast(UUID, body.offer_id)))
