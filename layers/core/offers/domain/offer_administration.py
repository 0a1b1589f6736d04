"""Changing offers: what may become what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from offers.domain.errors.catalogue import InvalidValidity, OfferStatusNotAllowed
from offers.domain.errors.money import InvalidMoney
from offers.domain.offer import OfferStatus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from offers.domain.offer import Offer

_NEXT = {
    OfferStatus.DRAFT: {OfferStatus.DRAFT, OfferStatus.ACTIVE, OfferStatus.RETIRED},
    OfferStatus.ACTIVE: {OfferStatus.ACTIVE, OfferStatus.RETIRED},
    OfferStatus.RETIRED: {OfferStatus.RETIRED},
}


def change_offer(offer: Offer, changes: Mapping[str, Any], at: datetime) -> Offer:
    """The next version; or the same one if nothing differs.

    What was bought before keeps the price it was bought at. Raises OfferStatusNotAllowed,
    InvalidMoney or InvalidValidity.
    """
    changed = replace(offer, **changes)
    if changed.status not in _NEXT[offer.status]:
        raise OfferStatusNotAllowed(offer.status, changed.status)
    require_sound(changed)
    if changed == offer:
        return offer
    return replace(changed, version=offer.version + 1, updated_at=at)


def require_sound(offer: Offer) -> None:
    """Raise InvalidMoney for a price that is not above zero, and InvalidValidity unless the offer
    ends, if ever, after it begins.
    """
    if offer.price.amount_minor <= 0:
        raise InvalidMoney(offer.price.amount)
    if offer.valid_until is not None and offer.valid_until <= offer.valid_from:
        raise InvalidValidity


def facts_of_offer(offer: Offer) -> dict[str, Any]:
    """Everything about an offer that can change, as JSON for the audit log."""
    return {
        "code": offer.code,
        "name": offer.name,
        "description": offer.description,
        "category": offer.category,
        "products": list(offer.products),
        "price": offer.price.amount,
        "currency": offer.price.currency,
        "duration_days": offer.duration_days,
        "status": offer.status,
        "valid_from": offer.valid_from.isoformat(),
        "valid_until": offer.valid_until and offer.valid_until.isoformat(),
    }
