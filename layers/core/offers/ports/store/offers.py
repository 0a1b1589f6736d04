"""The catalogue, as stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import OfferId
    from offers.domain.offer import Category, Offer, OfferStatus
    from offers.ports.pages import Page, PageRequest


@dataclass(frozen=True, slots=True)
class OfferQuery:
    """``status`` None means active and retired; drafts only with ``include_drafts``.

    ``available_at`` keeps offers that can be bought at that moment. ``sort`` is one of name, price,
    created_at, each with ``-`` in front for descending.
    """

    search: str = ""
    category: Category | None = None
    status: OfferStatus | None = None
    available_at: datetime | None = None
    include_drafts: bool = False
    sort: str = "name"


class Offers(Protocol):
    """The catalogue."""

    def get(self, offer_id: OfferId) -> Offer:
        """Raise OfferNotFound for an unknown id."""

    def page(self, query: OfferQuery, request: PageRequest) -> Page[Offer]:
        """Offers that match, ``search`` in name, description or code without regard to case."""

    def add(self, offer: Offer) -> None:
        """Raise OfferCodeTaken (now, or at commit) if the code is in use."""

    def lock(self, offer_id: OfferId) -> Offer:
        """Hold the row. Raise OfferNotFound for an unknown id."""

    def save(self, offer: Offer) -> None:
        """Store the next version of a locked offer."""
