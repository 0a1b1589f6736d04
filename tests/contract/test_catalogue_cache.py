"""Port CatalogueCache: the fake and Redis."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from offers.adapters.redis import catalogue_cache
from offers.adapters.redis.catalogue_cache import RedisCatalogueCache
from offers.ports.pages import Page
from tests.factories import NOW, an_offer
from tests.fakes.catalogue_cache import FakeCatalogueCache

if TYPE_CHECKING:
    from offers.domain.offer import Offer
    from offers.ports.outside.catalogue_cache import CatalogueCache

PAGES: list[Page[Offer]] = [
    Page(items=()),
    Page(items=(an_offer(), an_offer("0.01", valid_until=NOW + timedelta(days=1), products=()))),
    Page(items=(an_offer(name="Île “5”"),), next=("Île “5”", "id")),
]


@pytest.fixture(params=["fake", "redis", "redis without memory"])
def cache(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> CatalogueCache:
    if request.param == "fake":
        return FakeCatalogueCache()
    seconds = 0 if request.param.endswith("without memory") else 60
    monkeypatch.setattr(catalogue_cache, "MEMORY_SECONDS", seconds)
    return RedisCatalogueCache(request.getfixturevalue("redis"))


@pytest.mark.parametrize("page", PAGES)
def test_a_stored_page_is_found_whole(cache: CatalogueCache, page: Page[Offer]) -> None:
    cache.store("?category=tv", page)
    assert cache.find("?category=tv") == page
    assert cache.find("?category=tv") == page


def test_another_question_has_another_answer(cache: CatalogueCache) -> None:
    cache.store("?a", PAGES[1])
    assert cache.find("?b") is None


def test_a_later_answer_replaces_the_earlier(cache: CatalogueCache) -> None:
    cache.store("?a", PAGES[1])
    cache.store("?a", PAGES[2])
    assert cache.find("?a") == PAGES[2]


def test_nothing_is_left_after_clearing(cache: CatalogueCache) -> None:
    cache.store("?a", PAGES[1])
    cache.store("?b", PAGES[2])
    cache.clear()
    assert cache.find("?a") is None
    assert cache.find("?b") is None
