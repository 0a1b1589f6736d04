"""Pages of offers as JSON for the catalogue cache."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from offers.adapters.redis.entity_json import Readers, dump, load, read_money, read_optional_moment
from offers.domain.offer import Category, Offer, OfferStatus
from offers.ports.pages import Page

if TYPE_CHECKING:
    from collections.abc import Mapping

_READERS: Readers = {
    "id": UUID,
    "code": str,
    "name": str,
    "description": str,
    "category": Category,
    "products": tuple,
    "price": read_money,
    "duration_days": int,
    "status": OfferStatus,
    "valid_from": datetime.fromisoformat,
    "valid_until": read_optional_moment,
    "created_at": datetime.fromisoformat,
    "updated_at": datetime.fromisoformat,
    "version": int,
}
"""How each field is read back; a test holds this list against the entity's fields."""


def dump_page(page: Page[Offer]) -> str:
    """The offers and where to go on."""
    items = [{name: getattr(offer, name) for name in _READERS} for offer in page.items]
    stored = {"items": items, "next": page.next}
    return dump(stored)


def load_page(text: str) -> Page[Offer]:
    """Read it back. Raises LookupError, TypeError, ValueError or DomainError for anything else."""
    stored = load(text)
    following = stored["next"]
    return Page(
        items=tuple(map(_offer, stored["items"])),
        next=None if following is None else tuple(map(str, following)),
    )


def _offer(fields: Mapping[str, Any]) -> Offer:
    return Offer(**{name: read(fields[name]) for name, read in _READERS.items()})
