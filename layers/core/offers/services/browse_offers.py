"""Browse the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offers.domain.errors import OfferNotFound
from offers.domain.offer import OfferStatus
from offers.domain.user import Role
from offers.ports.pages import Page

if TYPE_CHECKING:
    from offers.domain.ids import OfferId
    from offers.domain.offer import Offer
    from offers.ports.catalogue_cache import CatalogueCache
    from offers.ports.clock import Clock
    from offers.ports.offers import OfferQuery
    from offers.ports.pages import PageRequest
    from offers.ports.store import Reading


@dataclass(frozen=True)
class ListOffers:
    """Active offers can be bought now. Answers come from the cache for some seconds."""

    reading: Reading
    cache: CatalogueCache
    clock: Clock

    def __call__(self, query: OfferQuery, request: PageRequest) -> Page[Offer]:
        """Raises InvalidCursor or StoreUnavailable."""
        question = repr((query, request))
        page = self.cache.find(question)
        if page is None:
            page = self._page(query, request)
            self.cache.store(question, page)
        return page

    def _page(self, query: OfferQuery, request: PageRequest) -> Page[Offer]:
        if query.status is OfferStatus.ACTIVE:
            query = replace(query, available_at=self.clock())
        with self.reading() as store:
            return store.offers.page(query, request)


@dataclass(frozen=True)
class GetOffer:
    """One offer; drafts exist for admins only."""

    reading: Reading
    cache: CatalogueCache

    def __call__(self, offer_id: OfferId, role: Role) -> Offer:
        """Raises OfferNotFound or StoreUnavailable."""
        question = f"offer:{offer_id}"
        page = self.cache.find(question)
        if page is None:
            with self.reading() as store:
                page = Page((store.offers.get(offer_id),))
            self.cache.store(question, page)
        (offer,) = page.items
        if offer.status is OfferStatus.DRAFT and role is not Role.ADMIN:
            raise OfferNotFound
        return offer
