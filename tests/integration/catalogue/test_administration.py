"""The catalogue under administration."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from offers.domain.errors.administration import NotPermitted, StaleVersion
from offers.domain.errors.catalogue import OfferCodeTaken, OfferNotFound
from offers.domain.ids import OfferId, UserId
from offers.domain.offer import Category, OfferStatus
from offers.domain.offer_administration import OfferChanges
from offers.ports.pages import Page, PageRequest
from offers.ports.store.offers import OfferQuery
from offers.services.catalogue.create_offer import NewOffer
from offers.services.catalogue.search_offers import SearchOffers
from tests.factories import money, new_id
from tests.integration.worlds.administration import WHY

if TYPE_CHECKING:
    from tests.integration.worlds.administration import World

pytestmark = pytest.mark.integration


STALE = frozenset({7})


def a_new_offer(**changes: Any) -> NewOffer:
    fields: dict[str, Any] = {
        "code": f"NEW-{new_id()}",
        "name": "Fibre 500",
        "description": "",
        "category": Category.INTERNET,
        "products": (),
        "price": money("29.99"),
        "duration_days": 30,
        "status": OfferStatus.ACTIVE,
    }
    return NewOffer(**{**fields, **changes})


def test_a_new_offer_is_stored_audited_and_seen_at_once(world: World) -> None:
    world.cache.store("what is there?", Page(()))
    offer = world.create_offer(world.admin_id, a_new_offer(status=OfferStatus.DRAFT), WHY)

    with world.store.reading() as store:
        assert store.offers.get(offer.id) == offer
    (event,) = world.audit(action="offer.created")
    assert (event.actor, event.subject) == (f"admin:{world.admin_id}", f"offer:{offer.id}")
    assert (event.reason, event.before) == (WHY, None)
    assert event.after is not None
    assert event.after["price"] == "29.99"
    assert world.cache.find("what is there?") is None


def test_a_code_is_used_once(world: World) -> None:
    offer = world.create_offer(world.admin_id, a_new_offer(), WHY)

    with pytest.raises(OfferCodeTaken):
        world.create_offer(world.admin_id, a_new_offer(code=offer.code), WHY)
    assert len(world.audit()) == 1


def test_a_change_tells_what_differs_and_makes_the_next_version(world: World) -> None:
    offer = world.seed.an_offer("29.99")

    changes, seen = OfferChanges(price="19.99"), frozenset({1})
    changed = world.change_offer(world.admin_id, offer.id, changes, seen, WHY)

    assert (changed.version, changed.price.amount) == (2, "19.99")
    with world.store.reading() as store:
        assert store.offers.get(offer.id) == changed
    (event,) = world.audit(subject=f"offer:{offer.id}")
    assert (event.before, event.after) == ({"price": "29.99"}, {"price": "19.99"})


def test_changing_nothing_leaves_no_trace(world: World) -> None:
    offer = world.seed.an_offer()

    world.cache.store("what is there?", Page(()))
    changes = OfferChanges(name=offer.name)
    same = world.change_offer(world.admin_id, offer.id, changes, None, WHY)

    assert same == offer
    assert world.audit() == ()
    assert world.cache.find("what is there?") is not None


def test_a_stale_change_changes_nothing(world: World) -> None:
    offer = world.seed.an_offer()

    with pytest.raises(StaleVersion):
        world.change_offer(world.admin_id, offer.id, OfferChanges(name="Other"), STALE, WHY)
    with world.store.reading() as store:
        assert store.offers.get(offer.id) == offer


def test_an_unknown_offer_cannot_be_changed(world: World) -> None:
    unknown = OfferId(new_id())
    with pytest.raises(OfferNotFound):
        world.change_offer(world.admin_id, unknown, OfferChanges(name="X"), None, WHY)


@pytest.mark.parametrize("who", ["customer", "deactivated", "unknown"])
def test_only_an_active_administrator_may(world: World, who: str) -> None:
    """Whatever their token says: the store is asked."""
    ids = {
        "customer": world.seed.a_customer().id,
        "deactivated": world.seed.a_customer(role=world.admin.role, is_active=False).id,
        "unknown": UserId(new_id()),
    }
    with pytest.raises(NotPermitted):
        world.create_offer(ids[who], a_new_offer(), WHY)
    with pytest.raises(NotPermitted):
        SearchOffers(world.store.reading)(ids[who], OfferQuery(), PageRequest())


def test_the_list_has_drafts(world: World) -> None:
    draft = world.seed.an_offer(status=OfferStatus.DRAFT)

    query = replace(OfferQuery(), include_drafts=True)
    page = SearchOffers(world.store.reading)(world.admin_id, query, PageRequest())
    assert page.items == (draft,)
