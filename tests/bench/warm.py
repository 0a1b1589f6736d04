"""A warm request against the bare driver round trips it needs, taken in turns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import redis

from offers.adapters.redis import catalogue_cache
from offers.ports.pages import Page
from tests import servers
from tests.bench import accepting
from tests.bench.handlers import environment, event_of, handler_of
from tests.bench.measurement import Measurement, compared, silence
from tests.factories import a_customer, a_purchase, an_account, an_offer

if TYPE_CHECKING:
    from collections.abc import Iterator

BUDGET = 2.0
_REPETITIONS = 2000
_CATALOGUE = "catalogue:v1"


def measurements() -> Iterator[Measurement]:
    """Status poll, catalogue from Redis and from memory, accepting."""
    with servers.a_redis() as url, environment(REDIS_URL=url):
        bare: Any = redis.Redis.from_url(url, decode_responses=True)
        yield _status_poll(bare)
        yield from _catalogue(bare)
        yield from accepting.measurements(bare)
        bare.close()


def _status_poll(bare: Any) -> Measurement:
    from offers.wiring import make, stores

    user = a_customer()
    transaction = a_purchase(user, an_account(user, "100.00"), an_offer()).transaction
    make(stores.status).publish(transaction)
    handler = handler_of("activation/get_activation_status")
    event = event_of("activation/get_activation_status", user.id, str(transaction.id))
    key = f"transaction:v1:{transaction.id}"
    with silence():
        assert handler(event)["statusCode"] == 200
    assert bare.hget(key, "state"), "the poll reads another key"
    what = "status poll / HGET through redis-py"
    return compared(
        what, lambda: handler(event), lambda: bare.hget(key, "state"), BUDGET, _REPETITIONS
    )


def _catalogue(bare: Any) -> Iterator[Measurement]:
    from offers.services.catalogue.list_offers import ListOffers

    page = Page(tuple(an_offer() for _ in range(20)))
    handler = handler_of("offers/list_offers")
    event = event_of("offers/list_offers", a_customer().id)
    with patch.object(ListOffers, "_page", lambda *_: page), silence():
        assert handler(event)["statusCode"] == 200  # fills the cache
    (field,) = bare.hkeys(_CATALOGUE)

    def round_trip() -> Any:
        return bare.hget(_CATALOGUE, field)

    what = "20 offers from memory / HGET through redis-py"
    yield compared(what, lambda: handler(event), round_trip, BUDGET, _REPETITIONS)
    what = "20 offers from Redis / HGET through redis-py"
    with patch.object(catalogue_cache, "MEMORY_SECONDS", 0.0):
        yield compared(what, lambda: handler(event), round_trip, BUDGET, _REPETITIONS)
