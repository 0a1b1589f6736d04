"""The one connection to Redis, made on first use, kept, and never waited for."""

from __future__ import annotations

import logging
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from redis import ConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.credentials import CredentialProvider
from redis.exceptions import AuthenticationError, RedisError, ResponseError
from redis.exceptions import ConnectionError as ConnectionLost
from redis.retry import Retry

from offers.adapters.breaker import Breaker
from offers.adapters.secrets.json_secret import UnreadableSecret

if TYPE_CHECKING:
    from collections.abc import Callable

    from redis.connection import AbstractConnection

    from offers.adapters.secrets.credentials import AskCredentials

logger = logging.getLogger(__name__)
T = TypeVar("T")


class RedisServer:
    """Asks Redis, or answers for it at once when it is away.

    A Redis that is dead, hanging or talking garbage costs one call the timeout (to connect and
    again to read), then nothing for the breaker's pause. Name resolution is the one wait that no
    timeout bounds.
    """

    def __init__(
        self,
        url: str,
        credentials: AskCredentials | None = None,
        *,
        timeout_seconds: float = 0.1,
        breaker: Breaker | None = None,
    ) -> None:
        self._sign_in = _SignIn(credentials) if credentials else None
        self._pool = _pool(url, timeout_seconds, self._sign_in)
        self._client = Redis(connection_pool=self._pool)
        self._kept: AbstractConnection | None = None
        self._keeping = Lock()
        self._breaker = breaker or Breaker("Redis")

    def ask(self, question: Callable[[Redis], T], otherwise: T) -> T:
        """The answer to ``question``, or ``otherwise``. Never raises what Redis or the network
        did."""
        if self._breaker.is_open:
            return otherwise
        try:
            answer = question(self._client)
        except ResponseError as refusal:  # it is there, but refuses this command
            logger.warning("Redis refused a command: %s", _code(refusal))
            return otherwise
        except (RedisError, OSError, ValueError) as failure:  # ValueError: its parser met garbage
            if self._sign_in and isinstance(failure, AuthenticationError):
                self._sign_in.was_refused = True
            self._breaker.trip(f"{type(failure).__name__}: {failure}")
            self._pool.disconnect()
            return otherwise
        self._breaker.reset()
        return answer

    def command(self, *words: str | float) -> Any:
        """The answer to one command, as Redis words it; None when there is none."""
        return self.ask(lambda _: self._exchange(words), None)

    def close(self) -> None:
        """Give the connections back; the next question opens new ones."""
        self._kept = None
        self._pool.disconnect()

    def _exchange(self, words: tuple[str | float, ...]) -> Any:
        """One command on a connection of its own, which takes two thirds of the time: the pool
        looks before each command whether its connection still lives; here the retry finds out."""
        with self._keeping:
            if self._kept is None:
                self._kept = self._pool.get_connection()
            connection = self._kept

            def once() -> Any:
                connection.send_command(*words)  # type: ignore[no-untyped-call]  # has no types
                return connection.read_response()

            lost = connection.disconnect
            return connection.retry.call_with_retry(once, lambda _: lost())  # type: ignore[no-untyped-call]  # likewise


def _code(refusal: ResponseError) -> str:
    """Redis's own word for it (OOM, WRONGTYPE); what follows may quote keys and values."""
    return str(refusal).partition(" ")[0]


class _SignIn(CredentialProvider):
    """Asked at each connection. A password that was refused is read again for the next one."""

    def __init__(self, credentials: AskCredentials) -> None:
        self._credentials = credentials
        self.was_refused = False

    def get_credentials(self) -> tuple[str, str]:
        """Raises what counts as a Redis that is away, since it is no more use."""
        fresh, self.was_refused = self.was_refused, False
        try:
            return self._credentials(fresh=fresh)
        except UnreadableSecret as unreadable:
            raise ConnectionLost(str(unreadable)) from None


def _pool(url: str, timeout_seconds: float, sign_in: _SignIn | None) -> ConnectionPool:
    return ConnectionPool.from_url(
        url,
        credential_provider=sign_in,
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
