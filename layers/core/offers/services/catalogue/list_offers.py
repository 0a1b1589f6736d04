"""Browse the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offers.domain.offer import OfferStatus

if TYPE_CHECKING:
    from offers.domain.offer import Offer
    from offers.ports.clock import Clock
    from offers.ports.outside.catalogue_cache import CatalogueCache
    from offers.ports.pages import Page, PageRequest
    from offers.ports.store.offers import OfferQuery
    from offers.ports.store.work import Reading


@dataclass(frozen=True)
class ListOffers:
    """Active offers can be bought now. Answers come from the cache for some seconds."""

    reading: Reading
    catalogue_cache: CatalogueCache
    clock: Clock

    def __call__(self, query: OfferQuery, request: PageRequest) -> Page[Offer]:
        """Raises InvalidCursor or StoreUnavailable."""
        question = repr((query, request))
        page = self.catalogue_cache.find(question)
        if page is None:
            page = self._page(query, request)
            self.catalogue_cache.store(question, page)
        return page

    def _page(self, query: OfferQuery, request: PageRequest) -> Page[Offer]:
        if query.status is OfferStatus.ACTIVE:
            query = replace(query, available_at=self.clock())
        with self.reading() as store:
            return store.offers.page(query, request)
