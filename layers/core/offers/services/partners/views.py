"""What is read about partners, and nothing decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.ports.pages import Page
from offers.services.administration.administrators import administrator
from offers.services.partners.partner_view import PartnerView, view_of

if TYPE_CHECKING:
    from offers.domain.ids import PartnerId, UserId
    from offers.domain.partner import Partner
    from offers.domain.transaction import Transaction
    from offers.ports.pages import PageRequest
    from offers.ports.store.work import Reading


@dataclass(frozen=True)
class ValidateReference:
    """Whether a reference is one that we gave to this partner, and what became of the order."""

    reading: Reading

    def __call__(self, partner_id: PartnerId, reference: str) -> Transaction:
        """Raises ReferenceNotFound (also for another partner's) or StoreUnavailable."""
        with self.reading() as store:
            return store.transactions.order(partner_id, reference)


@dataclass(frozen=True)
class IdentifyPartner:
    """From the id of the key that API Gateway has checked; nothing else in a request says it."""

    reading: Reading

    def __call__(self, api_key_id: str) -> Partner:
        """Raises UnknownApiKey (also for a revoked key or an inactive partner) or
        StoreUnavailable.
        """
        with self.reading() as store:
            return store.partners.of_api_key(api_key_id)


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
