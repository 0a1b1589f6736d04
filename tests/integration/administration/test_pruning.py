"""Pruning, on the real database."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from offers.adapters.postgres.tables import idempotency_keys, refresh_tokens, sessions
from offers.domain.idempotency import IdempotencyKey
from offers.services.administration.prune_expired import PruneExpired
from tests.factories import a_refresh_token, a_session
from tests.fakes.clock import FakeClock

if TYPE_CHECKING:
    from sqlalchemy import Engine, Table

    from offers.adapters.postgres.store import PostgresStore
    from tests.seed import Seed


def always() -> bool:
    return True


def count(engine: Engine, table: Table) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def test_old_keys_and_tokens_are_forgotten_and_no_younger_ones(
    store: PostgresStore, seed: Seed, clock: FakeClock, engine: Engine
) -> None:
    user = seed.a_customer()
    for hours in (23, 25):
        with store.unit_of_work() as work:
            key = IdempotencyKey.of("user:1", f"{hours} hours", "POST /activation", {})
            work.idempotency.claimed_before(key, uuid4(), clock() - timedelta(hours=hours))
            began, ended = clock() - timedelta(days=30), clock() - timedelta(hours=hours)
            session = a_session(user, created_at=began, ends_at=ended)
            work.sessions.open(session, a_refresh_token(session, session.id.bytes))
    prune = PruneExpired(store.unit_of_work, clock)
    tables = ("idempotency_keys", "refresh_tokens", "sessions", "webhook_deliveries")
    nothing = dict.fromkeys((*tables, "password_resets"), 0)
    assert prune(lambda: False) == nothing
    assert prune(always) == nothing | dict.fromkeys(tables[:3], 1)
    assert [count(engine, each) for each in (idempotency_keys, refresh_tokens, sessions)] == [1] * 3
