"""Offers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from offers.domain.errors.catalogue import OfferNotFound
from offers.domain.ids import OfferId
from offers.domain.offer import Category, OfferStatus
from offers.ports.pages import PageRequest
from offers.ports.store.offers import OfferQuery
from tests.factories import NOW, new_id

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from offers.domain.offer import Offer
    from tests.seed import Seed

pytestmark = pytest.mark.integration


def pages(store: PostgresStore, query: OfferQuery, limit: int = 2) -> list[Offer]:
    """All pages, one after the other."""
    found: list[Offer] = []
    request = PageRequest(limit)
    while True:
        with store.reading() as reading:
            page = reading.offers.page(query, request)
        found += page.items
        if page.next is None:
            return found
        assert len(page.items) == limit
        request = PageRequest(limit, page.next)


def test_an_offer_is_found_by_its_id(seed: Seed, store: PostgresStore) -> None:
    offer = seed.an_offer(valid_until=NOW, products=("A", 'B "quoted", with {braces}'), version=7)

    with store.reading() as reading:
        assert reading.offers.get(offer.id) == offer
        with pytest.raises(OfferNotFound):
            reading.offers.get(OfferId(new_id()))


@pytest.mark.parametrize("sort", ["name", "-name", "price", "-price", "created_at", "-created_at"])
def test_pages_follow_the_order_and_break_ties(seed: Seed, store: PostgresStore, sort: str) -> None:
    for number in range(7):
        created_at = NOW + timedelta(microseconds=number % 3)
        seed.an_offer(f"{10 + number % 2}.00", name="AABBCCD"[number], created_at=created_at)

    names = {"name": "name", "price": "price.amount_minor", "created_at": "created_at"}
    attribute = names[sort.removeprefix("-")]

    def key(offer: Offer) -> tuple[object, object]:
        value: object = offer
        for name in attribute.split("."):
            value = getattr(value, name)
        return value, offer.id

    found = pages(store, OfferQuery(sort=sort))
    assert found == sorted(found, key=key, reverse=sort.startswith("-"))
    assert len({offer.id for offer in found}) == 7


def test_drafts_are_for_those_who_ask(seed: Seed, store: PostgresStore) -> None:
    draft, active, retired = (seed.an_offer(status=status) for status in OfferStatus)

    assert pages(store, OfferQuery()) == [active, retired]
    assert pages(store, OfferQuery(include_drafts=True)) == [draft, active, retired]
    assert pages(store, OfferQuery(status=OfferStatus.RETIRED)) == [retired]
    assert pages(store, OfferQuery(status=OfferStatus.DRAFT)) == []
    assert pages(store, OfferQuery(status=OfferStatus.DRAFT, include_drafts=True)) == [draft]


def test_available_means_it_can_be_bought_at_that_moment(seed: Seed, store: PostgresStore) -> None:
    second = timedelta(seconds=1)
    offers = [
        seed.an_offer(),
        seed.an_offer(valid_from=NOW, valid_until=NOW + second),
        seed.an_offer(valid_from=NOW + second),
        seed.an_offer(valid_until=NOW),
        seed.an_offer(status=OfferStatus.RETIRED),
    ]

    found = pages(store, OfferQuery(available_at=NOW))
    assert found == [offer for offer in offers if offer.is_available(NOW)] == offers[:2]


def test_search_is_in_name_description_and_code_without_case(
    seed: Seed, store: PostgresStore
) -> None:
    by_name = seed.an_offer(name="A 100% ÜBER_fast /line\\")
    by_description = seed.an_offer(description="nothing but über_FAST")
    by_code = seed.an_offer(code="ÜBER_FAST-1")
    seed.an_offer(name="UberXfast 1000")

    assert pages(store, OfferQuery(search="über_fast")) == [by_name, by_description, by_code]
    for literal in ("100%", "/LINE", "line\\", "\\"):
        assert pages(store, OfferQuery(search=literal)) == [by_name]


def test_categories_are_shelves(seed: Seed, store: PostgresStore) -> None:
    offers = {category: seed.an_offer(category=category) for category in Category}

    for category, offer in offers.items():
        assert pages(store, OfferQuery(category=category)) == [offer]
