"""The catalogue as administrators keep it, in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, select, update

from offers.adapters.postgres.offers import offer_of
from offers.adapters.postgres.tables import offers
from offers.domain.errors import OfferNotFound

if TYPE_CHECKING:
    from offers.adapters.postgres.statements import Statements
    from offers.domain.ids import OfferId
    from offers.domain.offer import Offer

_LOCK = select(offers).where(offers.c.id == bindparam("id")).with_for_update(key_share=True)


@dataclass(frozen=True, slots=True)
class PostgresOfferRegister:
    """Keeps the promises of offers.ports.administration.OfferRegister."""

    statements: Statements

    def add(self, offer: Offer) -> None:
        self.statements.later(insert(offers), _values(offer))

    def lock(self, offer_id: OfferId) -> Offer:
        row = self.statements.first(_LOCK, {"id": offer_id})
        if row is None:
            raise OfferNotFound
        return offer_of(row)

    def save(self, offer: Offer) -> None:
        changed = update(offers).where(offers.c.id == offer.id)
        self.statements.later(changed.values(_values(offer)))


def _values(offer: Offer) -> dict[str, Any]:
    return {
        "id": offer.id,
        "code": offer.code,
        "name": offer.name,
        "description": offer.description,
        "category": offer.category,
        "products": list(offer.products),
        "price_minor": offer.price.amount_minor,
        "currency": offer.price.currency,
        "duration_days": offer.duration_days,
        "status": offer.status,
        "valid_from": offer.valid_from,
        "valid_until": offer.valid_until,
        "created_at": offer.created_at,
        "updated_at": offer.updated_at,
        "version": offer.version,
    }
