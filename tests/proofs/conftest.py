"""Worlds for the proofs: real PostgreSQL and Redis behind the services."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from offers.adapters.redis.client import RedisServer
from offers.adapters.redis.status_store import RedisTransactionStatusStore
from tests.fakes.clock import START
from tests.proofs.world import World

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from offers.domain.offer import Offer
    from offers.domain.user import User
    from tests.seed import Seed


@pytest.fixture
def world(store: PostgresStore, redis_url: str) -> World:
    return World(store, RedisTransactionStatusStore(RedisServer(redis_url, timeout_seconds=2)))


@pytest.fixture
def customer(seed: Seed) -> User:
    return seed.a_customer(balance="100.00")


@pytest.fixture
def offer(seed: Seed) -> Offer:
    return seed.an_offer(price="29.99", valid_from=START)
