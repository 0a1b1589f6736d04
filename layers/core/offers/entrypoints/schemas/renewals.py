"""POST /offers/renew; apart from the catalogue's schemas, which must not load the service."""

from __future__ import annotations

from typing import Annotated, Self, cast
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from offers.domain.ids import OfferId, SubscriptionId
from offers.entrypoints.schemas.fields import RequestModel
from offers.services.renew_subscription import LatestSubscriptionTo


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


def renewal_target(body: RenewRequest) -> SubscriptionId | LatestSubscriptionTo:
    """Which subscription the body names."""
    if body.subscription_id is not None:
        return SubscriptionId(body.subscription_id)
    return LatestSubscriptionTo(OfferId(cast(UUID, body.offer_id)))
