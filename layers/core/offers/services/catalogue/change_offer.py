"""Change an offer, or take it off the shelf."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.audit import AuditAction, Change
from offers.domain.changes import require_seen
from offers.domain.ids import AuditEventId
from offers.domain.offer_administration import change_offer, facts_of_offer
from offers.services.administration.administrators import administrator

if TYPE_CHECKING:
    from offers.domain.changes import SeenVersions
    from offers.domain.ids import OfferId, UserId
    from offers.domain.offer import Offer
    from offers.domain.offer_administration import OfferChanges
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.outside.catalogue_cache import CatalogueCache
    from offers.ports.store.work import UnitOfWork


@dataclass(frozen=True)
class ChangeOffer:
    """Purchases made before keep their price; those after the commit pay the new one."""

    unit_of_work: UnitOfWork
    catalogue_cache: CatalogueCache
    clock: Clock
    new_id: NewId

    def __call__(
        self,
        admin_id: UserId,
        offer_id: OfferId,
        changes: OfferChanges,
        seen: SeenVersions,
        reason: str,
    ) -> Offer:
        """Changing nothing makes no new version and no audit event. Raises NotPermitted,
        OfferNotFound, StaleVersion, OfferStatusNotAllowed, InvalidValidity, InvalidMoney or
        StoreUnavailable.
        """
        with self.unit_of_work() as work:
            admin = administrator(work, admin_id)
            offer = work.offers.lock(offer_id)
            require_seen(offer.version, seen)
            changed = change_offer(offer, changes, self.clock())
            if changed is offer:
                return offer
            work.offers.save(changed)
            change = Change.between(
                AuditAction.OFFER_CHANGED,
                f"offer:{offer_id}",
                facts_of_offer(offer),
                facts_of_offer(changed),
            )
            event_id = AuditEventId(self.new_id())
            work.audit.add(admin.did(event_id, change, reason, changed.updated_at))
        self.catalogue_cache.clear()
        return changed
