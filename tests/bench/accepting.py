"""Accepting an activation: how many statements it sends, and its time against theirs alone."""

from __future__ import annotations

import json
import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from uuid import uuid4

import psycopg2

from offers.adapters.postgres.machinery.engine import make_engine
from offers.adapters.postgres.store import PostgresStore
from offers.wiring import make, stores
from tests.bench.handlers import event_of, handler_of
from tests.bench.measurement import Measurement, compared, silence
from tests.bench.servers import a_migrated_database
from tests.factories import new_id
from tests.fakes.queues import FakeQueues
from tests.seed import Seed
from tests.wire import a_wire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from offers.domain.user import User

ROUND_TRIPS, BUDGET = 5, 2.0
_REPETITIONS = 300
_MODULE = "activation/activate_offer"
_QUEUES = FakeQueues()
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_REFERENCE = re.compile(r"REF-[2-9A-Z]{12}")

Statements = list[str]


def measurements(redis: Any) -> Iterator[Measurement]:
    """The queue is a list in memory: SQS has no part in what the drivers take."""
    with a_migrated_database() as url, patch.dict(make._parts, queues=_QUEUES):
        engine = make_engine(url)
        seed = Seed(engine, PostgresStore(engine))
        offer_id = str(seed.an_offer().id)
        first = seed.a_customer("500.00")
        recorded = _recorded(url, _event(first, offer_id))
        what = "SQL round trips to accept an activation"
        how = "with an Idempotency-Key; the last deletes the outbox message that was sent"
        yield Measurement(what, len(recorded), ROUND_TRIPS, "", how)
        keep = {offer_id: offer_id}
        template = Template(recorded, keep, _names(seed, first))
        yield _against_drivers(url, seed, offer_id, template, redis)
        engine.dispose()


class Template:
    """Recorded statements, to be sent for other customers with other ids."""

    def __init__(self, recorded: Statements, keep: dict[str, str], names: tuple[str, ...]) -> None:
        self._recorded, self._keep, self._names = recorded, keep, names

    def for_customer(self, names: tuple[str, ...]) -> Statements:
        """The same statements; every id that is not the customer's or the offer's is a new one."""
        known = self._keep | dict(zip(self._names, names, strict=True))
        reference = f"REF-{uuid4().hex[:12].upper()}"

        def other(match: re.Match[str]) -> str:
            return known.setdefault(match[0], str(uuid4()))

        return [_REFERENCE.sub(reference, _UUID.sub(other, each)) for each in self._recorded]


def _against_drivers(
    url: str, seed: Seed, offer_id: str, template: Template, redis: Any
) -> Measurement:
    handler = handler_of(_MODULE)
    customers = [seed.a_customer("500.00") for _ in range(_REPETITIONS + 1)]
    events = iter([_event(each, offer_id) for each in customers])
    others = [seed.a_customer("500.00") for _ in range(_REPETITIONS)]
    prepared = iter([template.for_customer(_names(seed, each)) for each in others])
    state = "x" * 500
    connection = psycopg2.connect(url)
    connection.autocommit = True
    cursor = connection.cursor()

    def drivers_alone() -> None:
        for statement in next(prepared):
            cursor.execute(statement)
        redis.set("bench", state)

    with _database(url), silence():
        assert handler(next(events))["statusCode"] == 202  # connects
        what = "accept an activation / its statements through psycopg2"
        return compared(what, lambda: handler(next(events)), drivers_alone, BUDGET, _REPETITIONS)


def _recorded(url: str, event: dict[str, Any]) -> Statements:
    """What one accepted activation sends once it is connected."""
    with a_wire(url) as wire, _database(wire.url), silence():
        with stores.engine().connect():
            wire.queries.clear()
        assert handler_of(_MODULE)(event)["statusCode"] == 202
        stores.engine().dispose()
        return list(wire.queries)


@contextmanager
def _database(url: str) -> Iterator[None]:
    with patch.dict(os.environ, {"DATABASE_URL": url}):
        _forget()
        yield
    _forget()


def _forget() -> None:
    stores.engine.cache_clear()
    stores._store.cache_clear()


def _event(user: User, offer_id: str) -> dict[str, Any]:
    event = event_of(_MODULE, user.id)
    event["headers"]["Idempotency-Key"] = str(new_id())
    return event | {"body": json.dumps({"offer_id": offer_id})}


def _names(seed: Seed, user: User) -> tuple[str, str]:
    return str(user.id), str(seed.account_of(user).id)
