"""Pruning, on the real database."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from offers.adapters.postgres.tables import idempotency_keys, refresh_tokens
from offers.domain.idempotency import IdempotencyKey
from offers.domain.ids import TokenFamilyId
from offers.domain.refresh_token import RefreshToken
from offers.services.administration.prune_expired import PruneExpired
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
            work.refresh_tokens.add(
                RefreshToken(
                    token_hash=str(hours).encode(),
                    family_id=TokenFamilyId(uuid4()),
                    user_id=user.id,
                    created_at=clock() - timedelta(days=30),
                    expires_at=clock() - timedelta(hours=hours),
                )
            )
    prune = PruneExpired(store.unit_of_work, clock)
    nothing = {"idempotency_keys": 0, "refresh_tokens": 0, "webhook_deliveries": 0}
    assert prune(lambda: False) == nothing
    assert prune(always) == nothing | {"idempotency_keys": 1, "refresh_tokens": 1}
    assert (count(engine, idempotency_keys), count(engine, refresh_tokens)) == (1, 1)
