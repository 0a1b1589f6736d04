"""Browsing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from offers.wiring import outside

if TYPE_CHECKING:
    from offers.adapters.redis.catalogue_cache import RedisCatalogueCache
    from offers.services.browse_offers import GetOffer, ListOffers


@cache
def catalogue_cache() -> RedisCatalogueCache:
    """Answers of the last seconds."""
    from offers.adapters.redis.catalogue_cache import RedisCatalogueCache

    return RedisCatalogueCache(outside.redis())


@cache
def list_offers() -> ListOffers:
    """GET /offers."""
    from offers.services.browse_offers import ListOffers

    return ListOffers(outside.reading, catalogue_cache(), outside.clock())


@cache
def get_offer() -> GetOffer:
    """GET /offers/{id}."""
    from offers.services.browse_offers import GetOffer

    return GetOffer(outside.reading, catalogue_cache())
