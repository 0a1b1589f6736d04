"""What the API answers while a part is away: the table of docs/operations.md, tried cell by cell
against a laptop stack of the tests' own, whose parts are stopped and let go on."""

from __future__ import annotations

import os
import re
import signal
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil  # type: ignore[import-untyped]
import psycopg2
import pytest

from infra.local.settings import StackSettings
from infra.local.stack import LaptopStack
from offers.adapters.breaker import PAUSE_SECONDS
from tests.e2e.client import PASSWORD, sign_in
from tests.e2e.newcomer import add_customer
from tests.local.http import Http
from tests.local.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

DOCUMENT = Path(__file__).parents[2] / "docs" / "operations.md"
ROW = re.compile(r"^\| `(GET|POST) (/\S+)` \|(.+)\|$", re.MULTILINE)


def table() -> dict[str, list[int]]:
    """The statuses by call: with Redis away, with SQS away, with PostgreSQL away."""
    section = DOCUMENT.read_text("utf-8").partition("## Degraded modes")[2].partition("\n## ")[0]
    return {
        f"{method} {path}": [int(status) for status in re.findall(r"\b\d{3}\b", cells)][:3]
        for method, path, cells in ROW.findall(section)
    }


class Shop:
    """A stack, a signed-in customer, and something they have bought."""

    def __init__(self, stack: LaptopStack) -> None:
        self.stack = stack
        self.http = Http(stack.url)
        with self.database("offers") as cursor:
            self.username = add_customer(cursor)
        self.customer = sign_in(self.http, self.username)
        self.offers = [each["id"] for each in self.customer.offers("sort=price")]
        self.bought: str = self.buy().json()["transaction_id"]
        self.customer.settled(self.bought)
        self.asked = 0

    def buy(self) -> Any:
        return self.customer.activate(self.offers.pop(0))

    def call(self, call: str) -> tuple[int, float]:
        """The status of one call of the table, and its seconds. Nothing is asked for twice, so
        that no cache has it."""
        method, path = call.split(" ")
        self.asked += 1
        path = path.replace("{transaction_id}", self.bought)
        if path == "/offers":
            path += f"?search=nothing-{self.asked}"
        client = self.customer
        body = {
            "/auth/login": {"username": self.username, "password": PASSWORD},
            "/activation": {"offer_id": self.offers[0]},
        }.get(path)
        started = time.monotonic()
        if path.startswith(("/health", "/openapi", "/.well-known")):
            answer = self.http(method, path)
        else:
            answer = client.post(path, body) if method == "POST" else client.get(path)
        if path == "/activation" and answer.status == 202:
            self.offers.pop(0)
        return answer.status, time.monotonic() - started

    def answers(self) -> dict[str, int]:
        return {call: self.call(call)[0] for call in table()}

    @contextmanager
    def database(self, name: str) -> Iterator[Any]:
        url = self.stack.addresses.postgres.replace("/offers?", f"/{name}?")
        connection = psycopg2.connect(url)
        connection.autocommit = True
        yield connection.cursor()
        connection.close()

    @contextmanager
    def without_database(self) -> Iterator[None]:
        """It ends all connections and accepts no more."""
        with self.database("postgres") as cursor:
            cursor.execute("ALTER DATABASE offers ALLOW_CONNECTIONS false")
            self.cut(cursor)
            try:
                yield
            finally:
                cursor.execute("ALTER DATABASE offers ALLOW_CONNECTIONS true")

    def cut(self, cursor: Any) -> None:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'offers'"
        )


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with LaptopStack(StackSettings(tmp_path_factory.mktemp("degraded"), port=0)) as running:
        yield Shop(running)


@contextmanager
def hanging(pid: int) -> Iterator[None]:
    """The worst way to be away: to be there and say nothing."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def aws_pid(stack: LaptopStack) -> int:
    """This stack's stand-in for AWS among our own children."""
    port = stack.addresses.aws.rpartition(":")[2]
    (pid,) = [
        child.pid
        for child in psutil.Process().children(recursive=True)
        if {"infra.local.aws_server", port} <= set(child.cmdline())
    ]
    return int(pid)


def expected(column: int) -> dict[str, int]:
    return {call: statuses[column] for call, statuses in table().items()}


def test_the_table_is_there() -> None:
    assert len(table()) >= 10
    assert all(len(statuses) == 3 for statuses in table().values())


def test_without_redis_nobody_notices(shop: Shop) -> None:
    with hanging(shop.stack.addresses.redis_pid):
        assert shop.answers() == expected(0)
        _, seconds = shop.call("GET /activation/status/{transaction_id}")
        assert seconds < 2  # far below what waiting for it would take, on a busy machine too


def test_without_sqs_purchases_wait_in_the_outbox(shop: Shop) -> None:
    with hanging(aws_pid(shop.stack)):
        bought = shop.buy()
        ready = shop.http("GET", "/health/ready")
        others = {
            call: shop.call(call)[0]
            for call in table()
            if call not in ("POST /activation", "GET /health/ready")
        }
    assert (bought.status, ready.status) == (202, 200)
    assert ready.json()["queue"] == "degraded"
    assert others.items() <= expected(1).items()

    def relayed() -> bool:
        shop.http("POST", "/_local/clock", {"advance_seconds": 60})
        shop.http("POST", "/_local/schedules/RelayOutboxFunction")
        path = f"/activation/status/{bought.json()['transaction_id']}"
        return bool(shop.customer.get(path).json()["status"] == "SUCCESS")

    wait_for(relayed, 20)


def test_without_the_database_the_answer_is_503(shop: Shop) -> None:
    time.sleep(PAUSE_SECONDS)  # functions that met a hanging Redis above ask it again after this
    with shop.without_database():
        assert shop.answers() == expected(2)
        answer = shop.customer.get("/account/balance")
        assert answer.headers["Retry-After"]
        assert answer.json()["code"] == "database_unavailable"
    assert shop.customer.get("/account/balance").status == 200


def test_cut_connections_are_replaced_without_a_failed_request(shop: Shop) -> None:
    calls = [call for call in table() if call != "GET /activation/status/{transaction_id}"]
    for call in calls:
        healthy = shop.call(call)[0]
        with shop.database("postgres") as cursor:
            shop.cut(cursor)
        assert (call, shop.call(call)[0]) == (call, healthy)


def test_a_database_that_was_restarted_is_found_again(shop: Shop) -> None:
    with shop.database("offers") as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
        os.kill(backend, signal.SIGKILL)  # PostgreSQL then ends all others and starts anew

    wait_for(lambda: shop.call("GET /account/balance")[0] == 200, 20)
    assert shop.call("POST /activation")[0] == 202
