"""Real servers for measuring."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from offers_migrations.upgrade import upgrade
from tests import servers

if TYPE_CHECKING:
    from collections.abc import Iterator

_CARELESS = (
    "fsync = off",
    "synchronous_commit = off",
    "full_page_writes = off",
    "max_wal_size = '4GB'",
    "maintenance_work_mem = '256MB'",
)


@contextmanager
def a_migrated_database(*, is_durable: bool = True) -> Iterator[str]:
    """The URL of a new, empty database with the newest schema; unless it is durable, a crash may
    lose everything, which spares the time of filling it safely."""
    with servers.a_postgres() as url:
        driver_url = servers.driver_url(url, "postgres")
        admin = create_engine(driver_url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with admin.connect() as connection:
            for setting in () if is_durable else _CARELESS:
                connection.exec_driver_sql(f"ALTER SYSTEM SET {setting}")
            connection.exec_driver_sql("SELECT pg_reload_conf()")
            connection.exec_driver_sql("CREATE DATABASE bench")
        bench = create_engine(servers.driver_url(url, "bench"), poolclass=NullPool)
        with bench.connect() as connection:
            upgrade(connection)
        yield servers.database_url(url, "bench")
