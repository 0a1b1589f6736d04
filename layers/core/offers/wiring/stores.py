"""What holds data: PostgreSQL, the truth, and Redis, its projections."""

from __future__ import annotations

import os
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from offers.wiring import aws, settings

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy import Engine

    from offers.adapters.postgres.store import PostgresStore
    from offers.adapters.redis.catalogue_cache import RedisCatalogueCache
    from offers.adapters.redis.client import RedisServer
    from offers.adapters.redis.denylist import RedisDenylist
    from offers.adapters.redis.login_throttle import RedisLoginThrottle
    from offers.adapters.redis.status_store import RedisTransactionStatusStore
    from offers.adapters.redis.waiting_room import RedisWaitingRoom
    from offers.adapters.secrets.credentials import AskCredentials, Credentials
    from offers.ports.store.work import Reading, UnitOfWork, Work
    from offers.services.health.check_readiness import Probe


@cache
def engine() -> Engine:
    """The database, connected to on first use."""
    from offers.adapters.postgres.machinery.engine import make_engine

    database = settings.DatabaseSettings.read(os.environ)
    return make_engine(database.url, _credentials(database.secret_id))


@cache
def owner_engine() -> Engine:
    """The database as its owner, for migrations only."""
    from offers.adapters.postgres.machinery.engine import make_engine

    database = settings.DatabaseSettings.read_owner(os.environ)
    return make_engine(database.url, _credentials(database.secret_id))


def application_credentials() -> tuple[str, str | None]:
    """The application's role and, unless the server trusts it, the password that migrations give
    it."""
    ask = _credentials(settings.DatabaseSettings.read(os.environ).secret_id)
    return ask() if ask else (settings.APPLICATION_ROLE, None)


def _credentials(secret_id: str | None) -> AskCredentials | None:
    """How to ask for the username and password in a secret, if there is one."""
    from offers.adapters.secrets.credentials import Credentials

    if secret_id is None:
        return None

    def ask(*, fresh: bool = False) -> Credentials:
        secret = aws.secret(secret_id)
        fields = secret.fresh() if fresh else secret()
        return Credentials(fields["username"], fields["password"])

    return ask


@cache
def _store() -> PostgresStore:
    from offers.adapters.postgres.store import PostgresStore

    return PostgresStore(engine())


_opening = Lock()


def _opened_store() -> PostgresStore:
    """One for all, also when several messages of a batch ask first at the same moment."""
    with _opening:
        return _store()


def _open_unit_of_work() -> AbstractContextManager[Work]:
    return _opened_store().unit_of_work()


def _open_reading() -> AbstractContextManager[Work]:
    return _opened_store().reading()


def unit_of_work() -> UnitOfWork:
    """Loads the database driver when the first unit of work is opened, not before."""
    return _open_unit_of_work


def reading() -> Reading:
    """Likewise."""
    return _open_reading


def database_answers() -> Probe:
    """Whether PostgreSQL can be reached."""
    return _database_answers


def _database_answers() -> bool:
    """A connection that was cut says nothing about the server: the next one does."""
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    for _ in range(2):
        try:
            with engine().connect() as connection:
                connection.exec_driver_sql("SELECT 1")
        except SQLAlchemyError as error:
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                continue
            return False
        return True
    return False


def redis() -> RedisServer:
    """The projections' server, behind one breaker."""
    from offers.adapters.redis.client import RedisServer

    server = settings.RedisSettings.read(os.environ)
    return RedisServer(server.url, _credentials(server.secret_id))


def redis_answers(redis: RedisServer) -> Probe:
    """Whether Redis can be reached."""
    return lambda: redis.command("PING") is not None


def status(redis: RedisServer) -> RedisTransactionStatusStore:
    """The status projection."""
    from offers.adapters.redis.status_store import RedisTransactionStatusStore

    return RedisTransactionStatusStore(redis)


def catalogue_cache(redis: RedisServer) -> RedisCatalogueCache:
    """Answers of the last seconds."""
    from offers.adapters.redis.catalogue_cache import RedisCatalogueCache

    return RedisCatalogueCache(redis)


def denylist(redis: RedisServer) -> RedisDenylist:
    """Sessions that were ended."""
    from offers.adapters.redis.denylist import RedisDenylist

    return RedisDenylist(redis)


def waiting_room(redis: RedisServer) -> RedisWaitingRoom:
    """Bounds how many requests wait at once."""
    from offers.adapters.redis.waiting_room import RedisWaitingRoom

    return RedisWaitingRoom(redis, settings.WaitingSettings.read(os.environ).places)


def throttle(redis: RedisServer) -> RedisLoginThrottle:
    """Counts sign-ins: in Redis, or in this process while Redis is away."""
    from offers.adapters.memory.login_throttle import ProcessLoginThrottle
    from offers.adapters.redis.login_throttle import RedisLoginThrottle

    return RedisLoginThrottle(redis, ProcessLoginThrottle())
