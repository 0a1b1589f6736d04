"""Redis dead, hanging, talking garbage or restarted: nothing raises and little is lost."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from offers.adapters.breaker import Breaker
from offers.adapters.memory.login_throttle import ProcessLoginThrottle
from offers.adapters.redis.catalogue_cache import RedisCatalogueCache
from offers.adapters.redis.client import RedisServer
from offers.adapters.redis.denylist import RedisDenylist
from offers.adapters.redis.login_throttle import RedisLoginThrottle
from offers.adapters.redis.status_store import RedisTransactionStatusStore
from offers.adapters.redis.waiting_room import RedisWaitingRoom
from offers.domain.errors.sessions import TooManyAttempts
from offers.domain.ids import SessionId
from offers.domain.sign_in import TRIES_PER_USERNAME, SignInAttempt
from offers.ports.pages import Page
from tests import servers
from tests.contract.values import a_transaction
from tests.factories import an_offer, new_id
from tests.integration.adapters.redis.unwell import GARBAGE, dead, hanging, talking

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.integration

SESSION = SessionId(new_id())
ATTEMPT = SignInAttempt("user1", "192.0.2.1", is_from_known_place=False)


@pytest.fixture(params=["dead", "hanging", *GARBAGE])
def unwell(request: pytest.FixtureRequest) -> Iterator[RedisServer]:
    """Asked anew each time: the breaker never stays open."""
    ways = {"dead": dead, "hanging": hanging}
    way = ways[request.param]() if request.param in ways else talking(GARBAGE[request.param])
    with way as url:
        breaker = Breaker("Redis", pause_seconds=0)
        server = RedisServer(url, timeout_seconds=0.02, breaker=breaker)
        yield server
        server.close()


def test_no_port_raises_while_redis_is_unwell(unwell: RedisServer) -> None:
    status, cache = RedisTransactionStatusStore(unwell), RedisCatalogueCache(unwell)
    transaction, room = a_transaction(), RedisWaitingRoom(unwell, places=9)
    assert room.enter(transaction.user_id, 20) is None
    room.leave(transaction.user_id, 0)
    throttle = RedisLoginThrottle(unwell, ProcessLoginThrottle())
    denylist = RedisDenylist(unwell)
    status.publish(transaction)
    assert status.find(transaction.id) is None
    cache.clear()
    assert cache.find("?") is None
    cache.store("?", Page((an_offer(),)))
    cache.clear()
    throttle.admit(ATTEMPT)
    throttle.clear(ATTEMPT)
    denylist.deny([SESSION], datetime.now(UTC) + timedelta(minutes=1))


def test_sign_ins_are_counted_while_redis_is_away() -> None:
    with dead() as url:
        throttle = RedisLoginThrottle(RedisServer(url), ProcessLoginThrottle())
        for _ in range(TRIES_PER_USERNAME):
            throttle.admit(ATTEMPT)
        with pytest.raises(TooManyAttempts):
            throttle.admit(ATTEMPT)
        throttle.clear(ATTEMPT)
        throttle.admit(ATTEMPT)


@pytest.mark.parametrize("way", [dead, hanging])
def test_a_redis_that_is_away_denies_nobody(way: Any) -> None:
    with way() as url:
        assert not RedisDenylist(RedisServer(url)).is_denied(SESSION)


def test_a_hanging_redis_costs_one_short_wait_and_one_warning(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with hanging() as url:
        status = RedisTransactionStatusStore(RedisServer(url))
        started = time.monotonic()
        status.publish(a_transaction())
        first = time.monotonic() - started
        for _ in range(100):
            status.find(a_transaction().id)
        rest = time.monotonic() - started - first
    assert 0.09 < first < 1  # about 0.1, on a machine that is not busy
    assert rest < 1
    (warning,) = caplog.records
    assert warning.levelno == logging.WARNING
    assert "Redis is away" in warning.getMessage()


def test_it_is_asked_again_after_the_pause(
    redis_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    now = [1000.0]
    breaker = Breaker("Redis", pause_seconds=5, now=lambda: now[0])
    server = RedisServer(redis_url, timeout_seconds=5, breaker=breaker)
    breaker.trip("a test says so")
    assert server.command("PING") is None
    now[0] += 4.9
    assert server.command("PING") is None
    now[0] += 0.2
    assert server.command("PING") == "PONG"
    assert not breaker.is_open
    assert len(caplog.records) == 1
    server.close()


def test_a_command_that_redis_refuses_does_not_count_as_an_outage(redis_url: str) -> None:
    server = RedisServer(redis_url, timeout_seconds=5)
    assert server.command("NO SUCH COMMAND") is None
    assert server.command("PING") == "PONG"
    server.close()


def test_a_restart_costs_no_request() -> None:
    """The pooled connection is dead, its replacement is made at once, and the scripts are back."""
    with servers.a_redis() as url:
        port = urlsplit(url).port
        server = RedisServer(url, timeout_seconds=5)
        status = RedisTransactionStatusStore(server)
        before = a_transaction()
        status.publish(before)
    with servers.a_redis(port):
        after = a_transaction()
        status.publish(after)
        assert status.find(after.id) == after
        assert status.find(before.id) is None
    server.close()


def test_a_connection_cut_by_the_server_costs_no_request(redis_url: str) -> None:
    server, other = RedisServer(redis_url, timeout_seconds=5), RedisServer(redis_url)
    status, transaction = RedisTransactionStatusStore(server), a_transaction()
    status.publish(transaction)
    other.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    assert status.find(transaction.id) == transaction
    server.close()
    other.close()
