"""Shared fixtures: a real PostgreSQL and a real Redis per test process, started when first used."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from tests import servers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

    from offers.adapters.postgres.store import PostgresStore
    from tests.seed import Seed

NewDatabase = Callable[[], AbstractContextManager[str]]
_TEMPLATE = "migrated"
_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a cluster that holds one migrated template database."""
    from sqlalchemy import create_engine, text
    from sqlalchemy.pool import NullPool

    from offers_migrations.upgrade import upgrade

    with servers.a_postgres() as url:
        admin = _connect(url)
        for setting in ("fsync = off", "full_page_writes = off", "deadlock_timeout = '100ms'"):
            admin.exec_driver_sql(f"ALTER SYSTEM SET {setting}")
        admin.execute(text("SELECT pg_reload_conf()"))
        admin.exec_driver_sql(f"CREATE DATABASE {_TEMPLATE}")
        template = create_engine(servers.driver_url(url, _TEMPLATE), poolclass=NullPool)
        with template.connect() as connection:
            upgrade(connection)
        admin.close()
        yield url


@pytest.fixture(scope="session")
def new_database(postgres_server: str) -> NewDatabase:
    """Makes migrated, empty databases: ``with new_database() as url``."""

    @contextmanager
    def make() -> Iterator[str]:
        name = f"test_{next(_numbers)}"
        admin = _connect(postgres_server)
        admin.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        yield servers.database_url(postgres_server, name)
        admin.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        admin.close()

    return make


@pytest.fixture
def database_url(new_database: NewDatabase) -> Iterator[str]:
    """The URL of a migrated, empty database of the test's own."""
    with new_database() as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The production engine, with connections enough for threads."""
    from offers.adapters.postgres.machinery.engine import make_engine

    engine = make_engine(database_url, max_overflow=20)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> PostgresStore:
    """The real store over an empty database."""
    from offers.adapters.postgres.store import PostgresStore

    return PostgresStore(engine)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The URL of a Redis server."""
    with servers.a_redis() as url:
        yield url


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The URL of a Redis server that holds nothing."""
    import redis

    client: Any = redis.Redis.from_url(redis_server)
    client.flushall()
    client.close()
    return redis_server


def _connect(url: str) -> Connection:
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    url = servers.driver_url(url, "postgres")
    return create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect()


@pytest.fixture
def seed(engine: Engine, store: PostgresStore) -> Seed:
    """Fills the test's database."""
    from tests.seed import Seed

    return Seed(engine, store)
