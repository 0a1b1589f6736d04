"""Redis that wants a password: it is asked for at each connection, and again once refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import redis

from offers.adapters.breaker import Breaker
from offers.adapters.redis.client import RedisServer
from offers.adapters.secrets.credentials import Credentials
from offers.adapters.secrets.json_secret import UnreadableSecret

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.integration

USER = "offers"


@pytest.fixture
def guarded(redis_url: str) -> Iterator[str]:
    """A server with a user whose password is ``new``."""
    client: Any = redis.Redis.from_url(redis_url)
    client.execute_command("ACL", "SETUSER", USER, "on", ">new", "~*", "+@all")
    yield redis_url
    client.execute_command("ACL", "DELUSER", USER)
    client.close()


def test_a_password_is_given(guarded: str) -> None:
    server = RedisServer(guarded, lambda **_: Credentials(USER, "new"), timeout_seconds=5)
    assert server.command("ACL", "WHOAMI") == USER
    server.close()


def test_a_password_that_was_changed_is_read_again(guarded: str) -> None:
    known = {False: "old", True: "new"}
    breaker = Breaker("Redis", pause_seconds=0)
    server = RedisServer(
        guarded,
        lambda *, fresh=False: Credentials(USER, known[fresh]),
        timeout_seconds=5,
        breaker=breaker,
    )

    assert server.command("PING") is None  # Redis is a copy: the request goes on without it
    assert server.command("PING") == "PONG"
    server.close()


def test_a_secret_that_cannot_be_read_is_a_redis_that_is_away(guarded: str) -> None:
    def unreadable(*, fresh: bool = False) -> Credentials:
        raise UnreadableSecret

    assert RedisServer(guarded, unreadable, timeout_seconds=5).command("PING") is None
