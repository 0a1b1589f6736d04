"""Put an offer into the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.audit import AuditAction, Change
from offers.domain.ids import AuditEventId
from offers.domain.offer_administration import facts_of_offer, require_sound
from offers.services.administration.administrators import administrator

if TYPE_CHECKING:
    from offers.domain.ids import UserId
    from offers.domain.offer import Offer
    from offers.ports.ids import NewId
    from offers.ports.outside.catalogue_cache import CatalogueCache
    from offers.ports.store.work import UnitOfWork


@dataclass(frozen=True)
class CreateOffer:
    """A draft is seen by administrators only; an active offer can be bought while it is valid."""

    unit_of_work: UnitOfWork
    catalogue_cache: CatalogueCache
    new_id: NewId

    def __call__(self, admin_id: UserId, offer: Offer, reason: str) -> Offer:
        """Store a new offer as it is.

        Raises NotPermitted, InvalidMoney, InvalidValidity, OfferCodeTaken or StoreUnavailable.
        """
        require_sound(offer)
        change = Change(AuditAction.OFFER_CREATED, f"offer:{offer.id}", after=facts_of_offer(offer))
        with self.unit_of_work() as work:
            admin = administrator(work, admin_id)
            work.offers.add(offer)
            event_id = AuditEventId(self.new_id())
            work.audit.add(admin.did(event_id, change, reason, offer.created_at))
        self.catalogue_cache.clear()
        return offer
