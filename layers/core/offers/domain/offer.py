"""Offers: what can be bought, with TMF620's idea of a lifecycle status."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from offers.domain.errors.catalogue import OfferNotAvailable, OfferNotFound

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import OfferId
    from offers.domain.money import Money


class Category(StrEnum):
    """The shelf an offer stands on."""

    INTERNET = "internet"
    TV = "tv"
    MOBILE = "mobile"
    BUNDLE = "bundle"


class OfferStatus(StrEnum):
    """``draft`` is seen by admins only, ``active`` can be bought, ``retired`` no more."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Offer:
    """A bundle at a price for ``duration_days`` days of 24 hours. ``valid_until`` is exclusive."""

    id: OfferId
    code: str
    name: str
    description: str
    category: Category
    products: tuple[str, ...]
    price: Money
    duration_days: int
    status: OfferStatus
    valid_from: datetime
    valid_until: datetime | None
    created_at: datetime
    updated_at: datetime
    version: int = 1

    def is_available(self, at: datetime) -> bool:
        """Whether it can be activated at this moment."""
        is_open = self.valid_until is None or at < self.valid_until
        return self.status is OfferStatus.ACTIVE and self.valid_from <= at and is_open

    def at_price(self, price: Money) -> Offer:
        """The same offer, at what one customer was promised."""
        return replace(self, price=price)

    def require_published(self) -> None:
        """Raise OfferNotFound for a draft: to all but administrators there is none."""
        if self.status is OfferStatus.DRAFT:
            raise OfferNotFound

    def require_renewable(self, at: datetime) -> None:
        """Raise OfferNotAvailable unless whoever has it may go on having it.

        An offer that is retired or closed is sold no more, but its subscribers keep it (ADR 0030).
        """
        if self.status is OfferStatus.DRAFT or at < self.valid_from:
            raise OfferNotAvailable(self.id)

    def require_available(self, at: datetime) -> None:
        """Raise OfferNotAvailable unless it can be activated at this moment, OfferNotFound for a
        draft.
        """
        self.require_published()
        if not self.is_available(at):
            raise OfferNotAvailable(self.id)
