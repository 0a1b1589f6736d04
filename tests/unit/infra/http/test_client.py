"""What is tried again, how often and after how long: against a server that says what it is told."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from infra.cli.connection.http import Api
from infra.cli.errors import Refused, Unreachable
from infra.http import retries
from infra.http.client import JsonClient, NoReply
from tests.servers import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

GONE = None


@dataclass
class Server:
    """Answers with each of ``script`` in turn, then with 200; GONE hangs up."""

    script: list[tuple[int, dict[str, str]] | None]
    asked: list[str] = field(default_factory=list)
    url: str = ""


@contextmanager
def answering(*script: tuple[int, dict[str, str]] | None) -> Iterator[Server]:
    server = Server(list(script))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            server.asked.append(self.command)
            answer = server.script.pop(0) if server.script else (200, {})
            if answer is GONE:
                self.close_connection = True
                return
            body = json.dumps({"detail": "as told", "code": "told"}).encode()
            self.send_response(answer[0])
            for name, value in {**answer[1], "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815  # the name that http.server looks for

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        server.url = f"http://127.0.0.1:{listening.server_address[1]}"
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        listening.shutdown()
        thread.join()


def an_api(server: Server) -> Api:
    return Api(server.url, lambda: {"x-api-key": "k"})


def key() -> dict[str, Any]:
    return {"headers": {"Idempotency-Key": "1"}}


@pytest.mark.parametrize("trouble", [GONE, (503, {}), (500, {}), (429, {})])
def test_reads_and_what_has_a_key_are_tried_again(trouble: tuple[int, dict[str, str]]) -> None:
    with answering(trouble, trouble) as server:
        an_api(server).call("GET", "/offers")
        assert server.asked == ["GET"] * 3
        server.script += [trouble]
        an_api(server).call("POST", "/admin/users/1/credits", {}, **key())
        assert server.asked[3:] == ["POST"] * 2


@pytest.mark.parametrize("trouble", [GONE, (503, {}), (429, {"Retry-After": "1"})])
def test_what_could_be_done_twice_is_not(trouble: tuple[int, dict[str, str]]) -> None:
    with answering(trouble) as server:
        with pytest.raises(Unreachable):
            an_api(server).call("POST", "/admin/users", {})
        assert server.asked == ["POST"]


def test_a_refusal_is_final() -> None:
    with answering((409, {"Retry-After": "1"})) as server:
        with pytest.raises(Refused, match="as told"):
            an_api(server).call("POST", "/partner/activate", {}, is_repeatable=True)
        assert server.asked == ["POST"]


def test_a_pause_is_as_long_as_it_was_asked_for() -> None:
    with answering((429, {"Retry-After": "1"})) as server:
        started = time.monotonic()
        an_api(server).call("GET", "/offers")
        assert 1 <= time.monotonic() - started < 5


def test_nobody_waits_for_tomorrow() -> None:
    too_long = str(retries.LONGEST_PAUSE_SECONDS + 1)
    with answering((429, {"Retry-After": too_long})) as server:
        started = time.monotonic()
        with pytest.raises(Unreachable, match="as told"):
            an_api(server).call("POST", "/partner/activate", {}, is_repeatable=True)
        assert time.monotonic() - started < 5
        assert len(server.asked) == 1


def test_it_ends_with_the_last_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    with answering(*[(503, {})] * 20) as server:
        with pytest.raises(Unreachable, match="as told"):
            an_api(server).call("GET", "/offers")
        assert len(server.asked) == retries.TRIES


def test_a_redirect_is_an_answer() -> None:
    with answering((302, {"Location": "http://127.0.0.1:1/"})) as server:
        assert JsonClient(server.url)("GET", "/", is_repeatable=True).status == 302


def test_nobody_there() -> None:
    with pytest.raises(NoReply, match="NewConnectionError"):
        JsonClient(f"http://127.0.0.1:{free_port()}")("POST", "/")
