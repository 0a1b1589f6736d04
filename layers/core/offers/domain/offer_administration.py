"""Changing offers: what may become what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from offers.domain.changes import REMOVE, or_kept
from offers.domain.errors.catalogue import InvalidValidity, OfferStatusNotAllowed
from offers.domain.errors.money import InvalidMoney
from offers.domain.money import Money
from offers.domain.offer import OfferStatus
from offers.domain.times import rfc3339

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.changes import Removal
    from offers.domain.offer import Category, Offer

_NEXT = {
    OfferStatus.DRAFT: {OfferStatus.DRAFT, OfferStatus.ACTIVE, OfferStatus.RETIRED},
    OfferStatus.ACTIVE: {OfferStatus.ACTIVE, OfferStatus.RETIRED},
    OfferStatus.RETIRED: {OfferStatus.RETIRED},
}


@dataclass(frozen=True, slots=True)
class OfferChanges:
    """None keeps what there is; ``price`` is a decimal string in the offer's currency, which never
    changes: its customers' accounts are kept in it.
    """

    name: str | None = None
    description: str | None = None
    category: Category | None = None
    products: tuple[str, ...] | None = None
    price: str | None = None
    duration_days: int | None = None
    status: OfferStatus | None = None
    valid_from: datetime | None = None
    valid_until: datetime | Removal | None = None


def change_offer(offer: Offer, changes: OfferChanges, at: datetime) -> Offer:
    """The next version; or the same one if nothing differs.

    What was bought before keeps the price it was bought at. Raises OfferStatusNotAllowed,
    InvalidMoney or InvalidValidity.
    """
    changed = _changed(offer, changes)
    if changed.status not in _NEXT[offer.status]:
        raise OfferStatusNotAllowed(offer.status, changed.status)
    require_sound(changed)
    if changed == offer:
        return offer
    return replace(changed, version=offer.version + 1, updated_at=at)


def _changed(offer: Offer, changes: OfferChanges) -> Offer:
    valid_until, price = changes.valid_until, changes.price
    return replace(
        offer,
        name=or_kept(changes.name, offer.name),
        description=or_kept(changes.description, offer.description),
        category=or_kept(changes.category, offer.category),
        products=or_kept(changes.products, offer.products),
        price=offer.price if price is None else Money.of(price, offer.price.currency),
        duration_days=or_kept(changes.duration_days, offer.duration_days),
        status=or_kept(changes.status, offer.status),
        valid_from=or_kept(changes.valid_from, offer.valid_from),
        valid_until=None if valid_until is REMOVE else or_kept(valid_until, offer.valid_until),
    )


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
        "valid_from": rfc3339(offer.valid_from),
        "valid_until": offer.valid_until and rfc3339(offer.valid_until),
    }
