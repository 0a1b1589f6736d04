"""A soak: traffic and faults for some seconds, then calm, then every promise over everything."""

from __future__ import annotations

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from offers.adapters.postgres.machinery.engine import make_engine
from offers.adapters.postgres.store import PostgresStore
from offers.adapters.redis.client import RedisServer
from offers.adapters.redis.status_store import RedisTransactionStatusStore
from offers_migrations.upgrade import upgrade
from tests import servers
from tests.fakes.clock import START
from tests.proofs import promises
from tests.proofs.crowd import SharedProvisioning, SharedQueues
from tests.proofs.shaky import ShakyProjection
from tests.proofs.world import World
from tests.seed import Seed
from tests.soak import report
from tests.soak.events import Events
from tests.soak.faults import Fate, Weather
from tests.soak.traffic import Traffic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

CUSTOMERS, WORKERS = 4, 3
MOST_ROUNDS = 300


@dataclass(frozen=True)
class Soak:
    """Everything of one soak."""

    world: World
    projection: ShakyProjection
    engine: Engine
    events: Events
    seed: int

    def run(self, seconds: float) -> str:
        """The report."""
        traffic = self._traffic()
        self._let_go(traffic, time.monotonic() + seconds)
        self._calm_down()
        self._check_everything()
        fate = self.world.watch
        if isinstance(fate, Fate):
            self.events.faults["process died at a call to a port"] = fate.deaths
        counted = Counter(each.status.value for each in promises.all_transactions(self.world))
        return report.write(self.events, self.world.verify(), counted, self.seed, seconds)

    def _traffic(self) -> Traffic:
        seed = Seed(self.engine, self.world.store)
        users = [seed.a_customer("200.00").id for _ in range(120)]
        offers = [
            seed.an_offer(price, valid_from=START, duration_days=1).id
            for price in ("4.99", "9.99", "14.99", "29.99", "49.99")
        ]
        return Traffic(self.world, users, offers, self.events)

    def _let_go(self, traffic: Traffic, until: float) -> None:
        chance = random.Random(self.seed)  # noqa: S311  # repeatable
        weather = Weather(self.world, self.projection, self.engine, self.events, chance)
        with ThreadPoolExecutor(CUSTOMERS + WORKERS + 4) as threads:
            running = [
                *(threads.submit(traffic.customer, self.seed + n, until) for n in range(CUSTOMERS)),
                *(threads.submit(traffic.worker, -self.seed - n, until) for n in range(WORKERS)),
                threads.submit(traffic.schedules, self.seed, until),
                threads.submit(traffic.pass_time, until),
                threads.submit(weather.blow, until),
                threads.submit(self._watch_the_ledger, until),
            ]
            for each in running:
                each.result()

    def _watch_the_ledger(self, until: float) -> None:
        while time.monotonic() < until:
            with self.events.measured("verify"), self.events.checking("ledger, under traffic"):
                promises.assert_ledger_holds(self.world)
            time.sleep(1)

    def _calm_down(self) -> None:
        """Nothing fails any more, and the schedules run."""
        if isinstance(self.world.watch, Fate):
            self.world.watch.deaths_per_call = 0
        self.projection.is_away = False
        for _ in range(MOST_ROUNDS):
            self.world.recover_everything()
            if not self.world.unsettled():
                return
            self.world.clock.now += timedelta(hours=1)

    def _check_everything(self) -> None:
        for name, check in (
            ("1 ledger", promises.assert_ledger_holds),
            ("2, 4 outside agrees", promises.assert_outside_agrees),
            ("3 everything settled", promises.assert_everything_settled),
            ("5 status", promises.assert_status_is_right),
        ):
            with self.events.checking(name):
                check(self.world)
        with self.events.checking("no deadlock"), self.engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
            ).scalar()
            assert found == 0, f"{found} deadlocks"


@contextmanager
def a_soak(seed: int) -> Iterator[Soak]:
    """Over a PostgreSQL and a Redis of its own."""
    with servers.a_postgres() as url, servers.a_redis() as redis_url:
        admin = create_engine(servers.driver_url(url, "postgres"), poolclass=NullPool)
        with admin.connect() as connection:
            upgrade(connection)
        engine = make_engine(url, pool_size=16)
        redis = RedisTransactionStatusStore(RedisServer(redis_url, timeout_seconds=2))
        fate = Fate(chance=random.Random(seed))  # noqa: S311  # repeatable
        projection = ShakyProjection(redis)
        world = World(
            PostgresStore(engine),
            projection,
            watch=fate,
            queues=SharedQueues(),
            provisioning=SharedProvisioning(0.005),
        )
        yield Soak(world, projection, engine, Events(), seed)
        engine.dispose()
