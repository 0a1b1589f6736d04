"""Processes, each with an engine and a world of its own, as execution environments have."""

from __future__ import annotations

import multiprocessing
import random
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from offers.adapters.postgres.machinery.engine import make_engine
from offers.adapters.postgres.store import PostgresStore
from offers.adapters.redis.client import RedisServer
from offers.adapters.redis.status_store import RedisTransactionStatusStore
from offers.domain.errors import DomainError
from tests.proofs.crowd import SharedProvisioning
from tests.proofs.world import World

if TYPE_CHECKING:
    from collections.abc import Sequence

    from offers.domain.ids import OfferId, TransactionId, UserId


def a_world(database_url: str, redis_url: str) -> World:
    store = PostgresStore(make_engine(database_url))
    return World(store, RedisTransactionStatusStore(RedisServer(redis_url, timeout_seconds=2)))


def buy_in_processes(
    database_url: str, redis_url: str, user_id: UserId, offers: Sequence[OfferId], count: int
) -> dict[str, int]:
    """Split the offers among processes that buy them; the outcomes by name."""
    shares = [offers[number::count] for number in range(count)]
    with multiprocessing.get_context("spawn").Pool(count) as pool:
        outcomes = pool.map(partial(_buy, database_url, redis_url, user_id), shares, chunksize=1)
        pool.close()
        pool.join()
    return dict(sum(outcomes, Counter()))


def _buy(
    database_url: str, redis_url: str, user_id: UserId, offers: Sequence[OfferId]
) -> Counter[str]:
    world, outcomes = a_world(database_url, redis_url), Counter[str]()
    for offer_id in offers:
        try:
            outcomes[type(world.activate(user_id, offer_id)).__name__] += 1
        except DomainError as error:
            outcomes[type(error).__name__] += 1
    return outcomes


def work_in_processes(
    database_url: str, redis_url: str, transactions: Sequence[TransactionId], count: int
) -> list[TransactionId]:
    """Every process works on every transaction; the calls that reached the outside, all
    together."""
    with multiprocessing.get_context("spawn").Pool(count) as pool:
        arguments = [(database_url, redis_url, transactions, seed) for seed in range(count)]
        calls = pool.starmap(_work, arguments, chunksize=1)
        pool.close()
        pool.join()
    return [operation for some in calls for operation in some]


def _work(
    database_url: str, redis_url: str, transactions: Sequence[TransactionId], seed: int
) -> list[TransactionId]:
    world = a_world(database_url, redis_url)
    world.provisioning = SharedProvisioning(seconds=0.02)
    world.restart()
    chance = random.Random(seed)  # noqa: S311  # a repeatable test
    for each in chance.sample(transactions, len(transactions)):
        world.work(each)
    return [order.operation_id for order in world.provisioning.orders]
