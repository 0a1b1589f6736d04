"""Partners as administrators see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.ports.pages import Page
from offers.services.administrators import administrator
from offers.services.partner_view import PartnerView, view_of

if TYPE_CHECKING:
    from offers.domain.ids import UserId
    from offers.ports.pages import PageRequest
    from offers.ports.store import Reading


@dataclass(frozen=True)
class SearchPartners:
    """Newest first; two more reads for each, of which there are few."""

    reading: Reading

    def __call__(self, admin_id: UserId, request: PageRequest) -> Page[PartnerView]:
        """Raises NotPermitted, InvalidCursor or StoreUnavailable."""
        with self.reading() as store:
            administrator(store, admin_id)
            page = store.partners.page(request)
            return Page(tuple(view_of(store, partner) for partner in page.items), page.next)
