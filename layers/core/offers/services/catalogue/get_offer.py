"""Look at one offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.user import Role
from offers.ports.pages import Page

if TYPE_CHECKING:
    from offers.domain.ids import OfferId
    from offers.domain.offer import Offer
    from offers.ports.outside.catalogue_cache import CatalogueCache
    from offers.ports.store.work import Reading


@dataclass(frozen=True)
class GetOffer:
    """One offer; drafts exist for admins only."""

    reading: Reading
    catalogue_cache: CatalogueCache

    def __call__(self, offer_id: OfferId, role: Role) -> Offer:
        """Raises OfferNotFound or StoreUnavailable."""
        question = f"offer:{offer_id}"
        page = self.catalogue_cache.find(question)
        if page is None:
            with self.reading() as store:
                page = Page((store.offers.get(offer_id),))
            self.catalogue_cache.store(question, page)
        (offer,) = page.items
        if role is not Role.ADMIN:
            offer.require_published()
        return offer
