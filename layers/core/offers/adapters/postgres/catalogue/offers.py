"""The catalogue in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, or_, select, update

from offers.adapters.postgres.machinery.changing import changing
from offers.adapters.postgres.machinery.keyset import Keyset
from offers.adapters.postgres.tables import offers
from offers.domain.errors.catalogue import OfferNotFound
from offers.domain.ids import OfferId
from offers.domain.money import Money
from offers.domain.offer import Category, Offer, OfferStatus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement, RowMapping

    from offers.adapters.postgres.machinery.statements import Statements
    from offers.ports.pages import Page, PageRequest
    from offers.ports.store.offers import OfferQuery


_GET = select(offers).where(offers.c.id == bindparam("id"))
_ORDERS = {
    f"{sign}{name}": Keyset(f"offers:{sign}{name}", (column, offers.c.id), sign == "-")
    for name, column in (
        ("name", offers.c.name),
        ("price", offers.c.price_minor),
        ("created_at", offers.c.created_at),
    )
    for sign in ("", "-")
}
_LOCK = select(offers).where(offers.c.id == bindparam("id")).with_for_update(key_share=True)
_FACTS = ("id", "code", "currency", "created_at")


@dataclass(frozen=True, slots=True)
class PostgresOffers:
    """Keeps the promises of offers.ports.store.offers.Offers."""

    statements: Statements

    def get(self, offer_id: OfferId) -> Offer:
        row = self.statements.first(_GET, {"id": offer_id})
        if row is None:
            raise OfferNotFound
        return offer_of(row)

    def page(self, query: OfferQuery, request: PageRequest) -> Page[Offer]:
        matching = select(offers).where(*_conditions(query))
        return _ORDERS[query.sort].page(self.statements, matching, request, offer_of)

    def add(self, offer: Offer) -> None:
        self.statements.later(insert(offers), _values(offer))

    def lock(self, offer_id: OfferId) -> Offer:
        row = self.statements.first(_LOCK, {"id": offer_id})
        if row is None:
            raise OfferNotFound
        return offer_of(row)

    def save(self, offer: Offer) -> None:
        changed = update(offers).where(offers.c.id == offer.id)
        self.statements.later(changed.values(changing(_values(offer), *_FACTS)))


def _conditions(query: OfferQuery) -> Iterator[ColumnElement[bool]]:
    if not query.include_drafts:
        yield offers.c.status != OfferStatus.DRAFT
    if query.status is not None:
        yield offers.c.status == query.status
    if query.category is not None:
        yield offers.c.category == query.category
    if query.search:
        yield _mentions(query.search)
    if query.available_at is not None:
        yield _is_available(query.available_at)


def _mentions(search: str) -> ColumnElement[bool]:
    texts = (offers.c.name, offers.c.description, offers.c.code)
    return or_(*(text.icontains(search, autoescape=True) for text in texts))


def _is_available(at: datetime) -> ColumnElement[bool]:
    is_open = or_(offers.c.valid_until.is_(None), offers.c.valid_until > at)
    condition: Any = (offers.c.status == OfferStatus.ACTIVE) & (offers.c.valid_from <= at) & is_open
    return condition  # type: ignore[no-any-return]  # & of columns is typed Any


def offer_of(row: RowMapping) -> Offer:
    """The offer that a row of the table describes."""
    return Offer(
        id=OfferId(row[offers.c.id]),
        code=row[offers.c.code],
        name=row[offers.c.name],
        description=row[offers.c.description],
        category=Category(row[offers.c.category]),
        products=tuple(row[offers.c.products]),
        price=Money(row[offers.c.price_minor], row[offers.c.currency]),
        duration_days=row[offers.c.duration_days],
        status=OfferStatus(row[offers.c.status]),
        valid_from=row[offers.c.valid_from],
        valid_until=row[offers.c.valid_until],
        created_at=row[offers.c.created_at],
        updated_at=row[offers.c.updated_at],
        version=row[offers.c.version],
    )


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
