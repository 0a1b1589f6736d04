"""The whole catalogue, for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.services.administration.administrators import administrator

if TYPE_CHECKING:
    from offers.domain.ids import UserId
    from offers.domain.offer import Offer
    from offers.ports.pages import Page, PageRequest
    from offers.ports.store.offers import OfferQuery
    from offers.ports.store.work import Reading


@dataclass(frozen=True)
class SearchOffers:
    """The whole catalogue, drafts too, straight from the store."""

    reading: Reading

    def __call__(self, admin_id: UserId, query: OfferQuery, request: PageRequest) -> Page[Offer]:
        """Raises NotPermitted, InvalidCursor or StoreUnavailable."""
        with self.reading() as store:
            administrator(store, admin_id)
            return store.offers.page(query, request)
