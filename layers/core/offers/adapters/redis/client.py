"""The one connection to Redis, made on first use, kept, and never waited for."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, TypeVar

from redis import ConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as ConnectionLost
from redis.exceptions import RedisError, ResponseError
from redis.retry import Retry

from offers.adapters.breaker import Breaker

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)
T = TypeVar("T")


class RedisServer:
    """Asks Redis, or answers for it at once when it is away.

    A Redis that is dead, hanging or talking garbage costs one call the timeout (to connect and
    again to read), then nothing for the breaker's pause. Name resolution is the one wait that no
    timeout bounds.
    """

    def __init__(
        self, url: str, *, timeout_seconds: float = 0.1, breaker: Breaker | None = None
    ) -> None:
        self._pool = _pool(url, timeout_seconds)
        self._client: Redis | None = None
        self._breaker = breaker or Breaker("Redis")

    def ask(self, question: Callable[[Redis], T], otherwise: T) -> T:
        """The answer to ``question``, or ``otherwise``. Never raises what Redis or the network
        did."""
        if self._breaker.is_open:
            return otherwise
        try:
            answer = question(self._connected())
        except ResponseError as refusal:  # it is there, but refuses this command
            logger.warning("Redis refused a command: %s", refusal)
            return otherwise
        except (RedisError, OSError, ValueError) as failure:  # ValueError: its parser met garbage
            self._breaker.trip(f"{type(failure).__name__}: {failure}")
            self._pool.disconnect()
            return otherwise
        self._breaker.reset()
        return answer

    def command(self, *words: str | float) -> Any:
        """The answer to one command; None when there is none."""

        def send(redis: Redis) -> Any:
            return redis.execute_command(*words)  # type: ignore[no-untyped-call]  # has no types

        return self.ask(send, None)

    def close(self) -> None:
        """Give the connection back; the next question opens a new one."""
        self._client = None
        self._pool.disconnect()

    def _connected(self) -> Redis:
        """The client on its one connection, which saves a quarter of a round trip: a pool looks
        whether the connection still lives before each command, and here the retry finds out."""
        if self._client is None:
            self._client = Redis(connection_pool=self._pool, single_connection_client=True)
        return self._client


def _pool(url: str, timeout_seconds: float) -> ConnectionPool:
    return ConnectionPool.from_url(
        url,
        socket_timeout=timeout_seconds,
        socket_connect_timeout=timeout_seconds,
        # A connection that was cut while the environment slept is replaced at once; a timeout is
        # not repeated.
        retry=Retry(NoBackoff(), 1, supported_errors=(ConnectionLost,)),
        decode_responses=True,
        # RESP2 and no driver information: connecting then needs no round trip of its own.
        protocol=2,
        driver_info=None,
    )
