"""Pages of offers as JSON for the catalogue cache."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from offers.domain.money import Money
from offers.domain.offer import Category, Offer, OfferStatus
from offers.ports.pages import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_READERS: Mapping[str, Callable[[Any], Any]] = {
    "id": UUID,
    "code": str,
    "name": str,
    "description": str,
    "category": Category,
    "products": tuple,
    "price": lambda pair: Money(int(pair[0]), pair[1]),
    "duration_days": int,
    "status": OfferStatus,
    "valid_from": datetime.fromisoformat,
    "valid_until": lambda text: None if text is None else datetime.fromisoformat(text),
    "created_at": datetime.fromisoformat,
    "updated_at": datetime.fromisoformat,
    "version": int,
}
"""How each field is read back; a test holds this list against the entity's fields."""


def dump_page(page: Page[Offer]) -> str:
    """The offers and where to go on."""
    items = [{name: getattr(offer, name) for name in _READERS} for offer in page.items]
    stored = {"items": items, "next": page.next}
    return json.dumps(stored, default=_plain, separators=(",", ":"))


def load_page(text: str) -> Page[Offer]:
    """Read it back. Raises LookupError, TypeError, ValueError or DomainError for anything else."""
    from pydantic_core import from_json  # four times as fast; loaded by whoever serves requests

    stored = from_json(text)
    following = stored["next"]
    return Page(
        items=tuple(map(_offer, stored["items"])),
        next=None if following is None else tuple(map(str, following)),
    )


def _offer(fields: Mapping[str, Any]) -> Offer:
    return Offer(**{name: read(fields[name]) for name, read in _READERS.items()})


def _plain(value: object) -> object:
    match value:
        case Money(amount_minor, currency):
            return [amount_minor, currency]
        case _:  # identifiers and times
            return str(value)
