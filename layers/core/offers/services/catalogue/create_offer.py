"""Put an offer into the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.audit import AuditAction, Change
from offers.domain.ids import AuditEventId, OfferId
from offers.domain.offer import Offer
from offers.domain.offer_administration import facts_of_offer, require_sound
from offers.services.administration.administrators import administrator

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import UserId
    from offers.domain.money import Money
    from offers.domain.offer import Category, OfferStatus
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.outside.catalogue_cache import CatalogueCache
    from offers.ports.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class NewOffer:
    """What an offer is made of; ``valid_from`` None: from the moment that it is stored."""

    code: str
    name: str
    description: str
    category: Category
    products: tuple[str, ...]
    price: Money
    duration_days: int
    status: OfferStatus
    valid_from: datetime | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True)
class CreateOffer:
    """A draft is seen by administrators only; an active offer can be bought while it is valid."""

    unit_of_work: UnitOfWork
    catalogue_cache: CatalogueCache
    clock: Clock
    new_id: NewId

    def __call__(self, admin_id: UserId, new: NewOffer, reason: str) -> Offer:
        """Raises NotPermitted, InvalidMoney, InvalidValidity, OfferCodeTaken or
        StoreUnavailable.
        """
        offer = self._offer(new, self.clock())
        require_sound(offer)
        change = Change(AuditAction.OFFER_CREATED, f"offer:{offer.id}", after=facts_of_offer(offer))
        with self.unit_of_work() as work:
            admin = administrator(work, admin_id)
            work.offers.add(offer)
            event_id = AuditEventId(self.new_id())
            work.audit.add(admin.did(event_id, change, reason, offer.created_at))
        self.catalogue_cache.clear()
        return offer

    def _offer(self, new: NewOffer, at: datetime) -> Offer:
        return Offer(
            id=OfferId(self.new_id()),
            code=new.code,
            name=new.name,
            description=new.description,
            category=new.category,
            products=new.products,
            price=new.price,
            duration_days=new.duration_days,
            status=new.status,
            valid_from=new.valid_from or at,
            valid_until=new.valid_until,
            created_at=at,
            updated_at=at,
        )
