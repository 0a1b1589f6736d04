"""What stands in Redis: how long, how much, how many round trips, and nobody's name."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from redis import Redis
from redis.connection import Connection

from offers.adapters.memory.login_throttle import ProcessLoginThrottle
from offers.adapters.redis import catalogue_cache
from offers.adapters.redis.catalogue_cache import RedisCatalogueCache
from offers.adapters.redis.client import RedisServer
from offers.adapters.redis.denylist import RedisDenylist
from offers.adapters.redis.login_throttle import RedisLoginThrottle
from offers.adapters.redis.status_store import RedisTransactionStatusStore
from offers.domain.errors.sessions import TooManyAttempts
from offers.domain.ids import SessionId
from offers.domain.sign_in import TRIES_PER_USERNAME, SignInAttempt
from offers.ports.pages import Page
from tests.contract.values import a_transaction
from tests.factories import an_offer, new_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.integration


SESSION, OLD = SessionId(new_id()), SessionId(new_id())
ATTEMPT = SignInAttempt("user1", "192.0.2.1", is_from_known_place=False)


@pytest.fixture
def server(redis_url: str) -> Iterator[RedisServer]:
    server = RedisServer(redis_url, timeout_seconds=5)
    yield server
    server.close()


@pytest.fixture
def raw(redis_url: str) -> Iterator[Any]:
    """Redis itself."""
    client = Redis.from_url(redis_url, decode_responses=True)
    yield client
    client.close()


@pytest.fixture
def no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue_cache, "MEMORY_SECONDS", 0)


@pytest.mark.usefixtures("no_memory")
def test_each_call_is_one_round_trip(server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    status, transaction = RedisTransactionStatusStore(server), a_transaction()
    cache, page = RedisCatalogueCache(server), Page((an_offer(),))
    throttle, denylist = RedisLoginThrottle(server, ProcessLoginThrottle()), RedisDenylist(server)
    calls: list[Callable[[], object]] = [
        lambda: status.publish(transaction),  # the first one connects, and asks nothing more
        lambda: status.find(transaction.id),
        lambda: cache.store("?", page),
        lambda: cache.find("?"),
        cache.clear,
        lambda: throttle.admit(ATTEMPT),
        lambda: throttle.clear(ATTEMPT),
        lambda: denylist.deny([SESSION, OLD], datetime.now(UTC) + timedelta(minutes=1)),
        lambda: denylist.is_denied(SESSION),
    ]
    sends = []
    send: Any = Connection.send_packed_command

    def counted(self: Any, command: Any, **options: Any) -> Any:
        sends.append(command)
        return send(self, command, **options)

    monkeypatch.setattr(Connection, "send_packed_command", counted)
    for number, call in enumerate(calls, start=1):
        call()
        assert len(sends) == number


def test_a_status_is_kept_for_a_day(server: RedisServer, raw: Any) -> None:
    RedisTransactionStatusStore(server).publish(a_transaction())
    (key,) = raw.keys("*")
    assert 86_000 < raw.ttl(key) <= 86_400


def test_a_state_that_can_change_is_not_believed_for_long(server: RedisServer, raw: Any) -> None:
    """Its last word may never have arrived. What has ended stays."""
    store, accepted = RedisTransactionStatusStore(server), a_transaction()
    claimed = accepted.claim(timedelta(seconds=60), accepted.updated_at)
    ended = claimed.succeed("PRV-1", accepted.updated_at)
    store.publish(claimed)
    (key,) = raw.keys("*")
    now, until = raw.time()[0], int(raw.hget(key, "until"))
    assert now < until <= now + 10

    raw.hset(key, "until", now)
    assert store.find(accepted.id) is None
    store.publish(accepted)  # an old one does not take its place
    assert store.find(accepted.id) is None
    store.publish(claimed)
    assert store.find(accepted.id) == claimed
    store.publish(ended)
    assert raw.hget(key, "until") is None
    assert store.find(accepted.id) == ended


@pytest.mark.parametrize(
    "state",
    ["", "[]", "{}", "null", '{"id": 1}', '{"surprise": 1}', "{", '"text"', '{"amount": {}}'],
)
def test_an_unreadable_status_is_none_and_logged(
    server: RedisServer, raw: Any, caplog: pytest.LogCaptureFixture, state: str
) -> None:
    store, transaction = RedisTransactionStatusStore(server), a_transaction()
    store.publish(transaction)
    (key,) = raw.keys("*")
    raw.hset(key, "state", state)
    assert store.find(transaction.id) is None
    assert [record.levelname for record in caplog.records] == ["WARNING"]


@pytest.mark.parametrize("field", ["id", "amount", "status", "created_at", "version"])
def test_a_field_of_the_wrong_kind_makes_a_status_unreadable(
    server: RedisServer, raw: Any, field: str
) -> None:
    store, transaction = RedisTransactionStatusStore(server), a_transaction()
    store.publish(transaction)
    (key,) = raw.keys("*")
    state = json.loads(raw.hget(key, "state"))
    wrongs: list[Any] = [["x", "EUR"], [1, "euro"], {}, "x", None]
    for wrong in wrongs:
        raw.hset(key, "state", json.dumps(state | {field: wrong}))
        assert store.find(transaction.id) is None


def test_nobody_gets_the_status_of_another_transaction(
    server: RedisServer, raw: Any, caplog: pytest.LogCaptureFixture
) -> None:
    store, mine, other = RedisTransactionStatusStore(server), a_transaction(), a_transaction()
    store.publish(mine)
    (key,) = raw.keys("*")
    raw.rename(key, key.replace(str(mine.id), str(other.id)))
    assert store.find(other.id) is None
    assert [record.levelname for record in caplog.records] == ["ERROR"]


@pytest.mark.parametrize("spoiled", ["text", "version"])
def test_a_spoiled_entry_does_no_harm(server: RedisServer, raw: Any, spoiled: str) -> None:
    store, transaction = RedisTransactionStatusStore(server), a_transaction()
    store.publish(transaction)
    (key,) = raw.keys("*")
    if spoiled == "text":
        raw.set(key, "not a hash")
        store.publish(transaction)
        assert store.find(transaction.id) is None
    else:
        raw.hset(key, "version", "not a number")
        store.publish(transaction)
        assert store.find(transaction.id) == transaction


def test_pages_get_no_older_than_the_first_of_them(server: RedisServer, raw: Any) -> None:
    cache = RedisCatalogueCache(server)
    cache.store("?a", Page((an_offer(),)))
    (key,) = raw.keys("*")
    raw.expire(key, 10)
    cache.store("?b", Page((an_offer(),)))
    assert raw.ttl(key) <= 10


def test_random_questions_do_not_fill_redis(
    server: RedisServer, raw: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue_cache, "MAX_QUESTIONS", 5)
    monkeypatch.setattr(catalogue_cache, "MAX_REMEMBERED", 3)
    cache = RedisCatalogueCache(server)
    for number in range(20):
        cache.store(f"?search={number}", Page(()))
    (key,) = raw.keys("*")
    assert raw.hlen(key) == 5
    assert cache.find("?search=19") == Page(())
    assert cache.find("?search=16") is None


def test_memory_answers_for_seconds_only(server: RedisServer, raw: Any) -> None:
    now = [1000.0]
    cache = RedisCatalogueCache(server, now=lambda: now[0])
    page = Page((an_offer(),))
    cache.store("?", page)
    raw.flushall()
    now[0] += 2.9
    assert cache.find("?") == page
    now[0] += 0.2
    assert cache.find("?") is None


@pytest.mark.usefixtures("no_memory")
def test_an_unchanged_page_is_fetched_but_not_read_again(server: RedisServer) -> None:
    cache = RedisCatalogueCache(server)
    page, other = Page((an_offer(),)), Page((an_offer(),))
    cache.store("?", page)
    assert cache.find("?") is page
    RedisCatalogueCache(server).store("?", other)
    assert cache.find("?") == other


@pytest.mark.usefixtures("no_memory")
def test_an_unreadable_page_is_none(
    server: RedisServer, raw: Any, caplog: pytest.LogCaptureFixture
) -> None:
    cache = RedisCatalogueCache(server)
    cache.store("?", Page((an_offer(),)))
    (key,) = raw.keys("*")
    (field,) = raw.hkeys(key)
    for spoiled in ("", "{}", '{"items": [1], "next": null}', '{"items": [{}], "next": null}'):
        raw.hset(key, field, spoiled)
        assert cache.find("?") is None
    assert len(caplog.records) == 4


def test_a_window_ends_by_itself(server: RedisServer, raw: Any) -> None:
    throttle = RedisLoginThrottle(server, ProcessLoginThrottle())
    for _ in range(TRIES_PER_USERNAME):
        throttle.admit(ATTEMPT)
    assert {0 < raw.ttl(key) <= 900 for key in raw.keys("*")} == {True}
    with pytest.raises(TooManyAttempts):
        throttle.admit(ATTEMPT)
    for key in raw.keys("*"):
        raw.pexpire(key, 1)
    _wait_until_empty(raw)
    throttle.admit(ATTEMPT)


def test_no_name_or_address_is_stored(server: RedisServer, raw: Any) -> None:
    throttle = RedisLoginThrottle(server, ProcessLoginThrottle())
    throttle.admit(ATTEMPT)
    keys = raw.keys("*")
    assert len(keys) == 2
    assert not [key for key in keys if "user1" in key or "192" in key]


def test_a_spoiled_count_counts_as_none(server: RedisServer, raw: Any) -> None:
    throttle = RedisLoginThrottle(server, ProcessLoginThrottle())
    throttle.admit(ATTEMPT)
    for key in raw.keys("*"):
        raw.set(key, "many")
    throttle.admit(ATTEMPT)
    throttle.clear(ATTEMPT)


def test_a_denied_session_is_forgotten_with_its_tokens(server: RedisServer, raw: Any) -> None:
    denylist = RedisDenylist(server)
    denylist.deny([SESSION], datetime.now(UTC) + timedelta(minutes=15))
    assert 890 < raw.ttl(f"denied:{SESSION}") <= 901
    denylist.deny([OLD], datetime.now(UTC) - timedelta(minutes=1))
    assert not denylist.is_denied(OLD)


def _wait_until_empty(raw: Any) -> None:
    for _ in range(1000):
        if not raw.keys("*"):
            return
    pytest.fail("the keys did not expire")
