"""The relay, on the real database."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from offers.adapters.postgres.tables import outbox
from offers.services.outbox.prepared import Prepared
from offers.services.outbox.relay_outbox import RelayOutbox
from tests.fakes.clock import FakeClock
from tests.fakes.queues import FakeQueues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Engine, Table

    from offers.adapters.postgres.store import PostgresStore
    from offers.domain.outbox import OutboxMessage
    from offers.domain.purchase import Purchase
    from tests.seed import Seed


def always() -> bool:
    return True


def count(engine: Engine, table: Table) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def purchase(seed: Seed, clock: FakeClock) -> Purchase:
    return seed.a_purchase(seed.a_customer(), seed.an_offer(), at=clock())


@pytest.fixture
def queues() -> FakeQueues:
    return FakeQueues()


def as_they_are(messages: Sequence[OutboxMessage]) -> Prepared:
    return Prepared(messages)


@pytest.fixture
def relay(store: PostgresStore, queues: FakeQueues, clock: FakeClock) -> RelayOutbox:
    return RelayOutbox(store.unit_of_work, as_they_are, queues, clock, lambda: 0.5)


def test_the_relay_leaves_fresh_messages_to_whoever_wrote_them(
    relay: RelayOutbox, purchase: Purchase
) -> None:
    assert relay(always) == {"sent": 0, "postponed": 0}


def test_the_relay_sends_what_was_left_behind_once(
    relay: RelayOutbox, purchase: Purchase, queues: FakeQueues, clock: FakeClock, engine: Engine
) -> None:
    clock.advance(31)
    assert relay(always) == {"sent": 1, "postponed": 0}
    assert relay(always) == {"sent": 0, "postponed": 0}
    assert [message.id for message in queues.sent] == [purchase.message.id]
    assert count(engine, outbox) == 0


def test_the_relay_waits_longer_while_the_queue_is_away(
    relay: RelayOutbox, purchase: Purchase, queues: FakeQueues, clock: FakeClock
) -> None:
    queues.is_away = True
    clock.advance(31)
    assert relay(always) == {"sent": 0, "postponed": 1}
    queues.is_away = False
    assert relay(always) == {"sent": 0, "postponed": 0}
    clock.advance(10)
    assert relay(always) == {"sent": 1, "postponed": 0}


def test_a_relay_that_dies_while_sending_is_succeeded(
    relay: RelayOutbox, purchase: Purchase, store: PostgresStore, clock: FakeClock
) -> None:
    clock.advance(31)
    with store.unit_of_work() as work:
        assert work.outbox.take_due(clock(), 10, clock() + timedelta(minutes=2))
    assert relay(always) == {"sent": 0, "postponed": 0}
    clock.advance(121)
    assert relay(always) == {"sent": 1, "postponed": 0}


def test_a_relay_without_time_does_nothing(relay: RelayOutbox, purchase: Purchase) -> None:
    assert relay(lambda: False) == {"sent": 0, "postponed": 0}
