"""What the catalogue answers: each version of an offer is written once."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, cast

from offers.domain.ids import OfferId
from offers.domain.offer import Offer
from offers.domain.times import rfc3339
from offers.entrypoints.http.schemas.catalogue import OfferDocument
from offers.entrypoints.http.schemas.fields import optional_time_of

MOST_KEPT = 1000

_written: dict[tuple[OfferId, int], MappingProxyType[str, Any]] = {}
"""What was written of each version. Read-only, each: an answer is a copy, and cannot change it."""


def offer_document(offer: Offer) -> OfferDocument:
    """An offer as customers see it. Formatting its money and times takes most of the time of a page
    from memory, so that is done once for each version.
    """
    version = offer.id, offer.version
    written = _written.get(version)
    if written is None:
        if len(_written) >= MOST_KEPT:
            _written.clear()
        written = _written[version] = _write(offer)
    document = cast("OfferDocument", written.copy())
    document["products"] = list(offer.products)
    return document


def _write(offer: Offer) -> MappingProxyType[str, Any]:
    return MappingProxyType(
        {
            "id": str(offer.id),
            "code": offer.code,
            "name": offer.name,
            "description": offer.description,
            "category": offer.category.value,
            "products": [],
            "price": offer.price.amount,
            "currency": offer.price.currency,
            "duration_days": offer.duration_days,
            "status": offer.status.value,
            "valid_from": rfc3339(offer.valid_from),
            "valid_until": optional_time_of(offer.valid_until),
            "created_at": rfc3339(offer.created_at),
            "updated_at": rfc3339(offer.updated_at),
        }
    )
