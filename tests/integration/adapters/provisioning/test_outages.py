"""What goes wrong on the way: nothing raises, nothing lasts longer than its budget."""

from __future__ import annotations

import socket
import ssl
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offers.adapters.http import connection
from offers.adapters.http.exchange import MAX_ANSWER_BYTES
from offers.adapters.provisioning.http import HttpProvisioning
from offers.adapters.secrets.json_secret import UnreadableSecret
from offers.domain.outcome import (
    Activated,
    Done,
    InProgress,
    NotActivated,
    NotDone,
    Outcome,
    Refused,
    Unknown,
)
from tests.contract.values import an_order
from tests.integration.adapters.provisioning.scripted import an_answer, saying
from tests.integration.adapters.webhooks.receiver import receiving
from tests.servers import free_port

if TYPE_CHECKING:
    from typing import Any

pytestmark = pytest.mark.integration

SUCCESS = an_answer(201, b'{"reference": "PRV-1"}')


def activate(url: str, timeout_seconds: float = 0.2) -> Outcome:
    return HttpProvisioning(url, timeout_seconds).activate(an_order())


def test_a_refused_connection_did_nothing() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    assert isinstance(activate(url), NotDone)
    assert isinstance(HttpProvisioning(url).find(an_order().operation_id), Unknown)


def test_without_the_token_that_it_wants_nothing_is_sent() -> None:
    def unreadable() -> str:
        raise UnreadableSecret

    system = HttpProvisioning(f"http://127.0.0.1:{free_port()}", token=unreadable)

    assert system.activate(an_order()) == NotDone(30, "no_credentials")
    assert system.find(an_order().operation_id) == Unknown("no_credentials")


def test_it_is_shown_the_token() -> None:
    with receiving() as received:
        url = f"http://127.0.0.1:{received.port}"
        HttpProvisioning(url, token=lambda: "secret").activate(an_order())

    (call,) = received.calls
    assert call["headers"]["Authorization"] == "Bearer secret"


def test_a_name_that_is_not_found_did_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_found(*_: Any, **__: Any) -> None:
        raise socket.gaierror

    assert isinstance(activate("http://" + "a" * 70 + ".invalid"), NotDone)  # no name at all
    monkeypatch.setattr(socket, "getaddrinfo", not_found)
    assert activate("http://provisioning.invalid") == NotDone(30, "name_not_found")


def test_a_connection_that_is_not_answered_in_time_did_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(*_: Any) -> None:
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", never)
    assert activate("http://127.0.0.1:9") == NotDone(30, "timeout")


def test_no_budget_left_for_connecting_did_nothing() -> None:
    assert activate("http://127.0.0.1:9", timeout_seconds=0) == NotDone(30, "timeout")


def test_a_server_without_tls_did_nothing() -> None:
    with saying(an_answer(200)) as url:
        assert isinstance(activate(url.replace("http", "https")), NotDone)


def test_tls_is_spoken_and_the_name_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Context:
        def wrap_socket(self, line: socket.socket, server_hostname: str) -> socket.socket:
            asked.append(server_hostname)
            return line

    assert connection._tls().verify_mode is ssl.CERT_REQUIRED
    monkeypatch.setattr(connection, "_tls", Context)
    with saying(SUCCESS) as url:
        assert activate(url.replace("http", "https"), timeout_seconds=10) == Activated("PRV-1")
    assert asked == ["127.0.0.1"]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 20",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 " + b"x" * 70_000,
        b"HTTP/1.1 100 Continue\r\n\r\n",
        an_answer(200, b'{"reference": "PRV-1"', "Content-Length: 99"),
        an_answer(200, b"zz\r\n{}", "Transfer-Encoding: chunked"),
        an_answer(200, b"{}", "Content-Length: -1"),
        an_answer(200, b'{"reference": "' + b"x" * MAX_ANSWER_BYTES + b'"}'),
        an_answer(200, b"[" * 60_000),
        an_answer(200, b"\xff\xfe"),
        an_answer(200, b'{"reference": "\\ud800"}'),
        an_answer(302, b"", "Location: http://127.0.0.1/"),
    ],
)
def test_garbage_is_unknown(answer: bytes) -> None:
    with saying(answer) as url:
        assert isinstance(activate(url), Unknown)


def test_a_lost_connection_is_unknown() -> None:
    with saying(b"", resets=True) as url:
        assert activate(url, timeout_seconds=5) == Unknown("no_answer")


def test_silence_is_unknown_within_the_budget() -> None:
    with saying(b"", hangs=True) as url:
        started = time.monotonic()
        assert activate(url, timeout_seconds=0.2) == Unknown("timeout")
    assert 0.18 < time.monotonic() - started < 2


def test_an_endless_answer_is_not_read_to_its_end() -> None:
    with saying(an_answer(200, b"x" * 2 * MAX_ANSWER_BYTES)) as url:
        assert activate(url, timeout_seconds=5) == Unknown("answer_too_large")


def test_the_base_urls_path_is_kept_and_its_query_is_not() -> None:
    with receiving() as system:
        base = f"http://127.0.0.1:{system.port}/v2/?tenant=7"
        HttpProvisioning(base).activate(an_order())
    assert [call["path"] for call in system.calls] == ["/v2/activations"]


@pytest.mark.parametrize("answer", [SUCCESS, b"HTTP/1.1 100 Continue\r\n\r\n" * 3])
def test_a_trickle_does_not_outlast_the_budget(answer: bytes) -> None:
    with saying(answer, pause_seconds=0.03, hangs=True) as url:
        started = time.monotonic()
        assert isinstance(activate(url, timeout_seconds=0.2), Unknown)
        assert time.monotonic() - started < 2


def test_whatever_comes_back_is_an_outcome_or_a_finding() -> None:
    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        answer=st.binary(max_size=200)
        | st.builds(
            an_answer,
            st.sampled_from([100, 200, 201, 204, 304, 404, 409, 422, 429, 500, 503]),
            st.binary(max_size=60) | st.sampled_from([b"{}", b'{"state": 1}', b'{"code": []}']),
        )
    )
    def check(answer: bytes) -> None:
        with saying(answer) as url:
            provisioning = HttpProvisioning(url, timeout_seconds=2)
            order = an_order()
            outcomes = (Activated, Refused, NotDone, Unknown)
            findings = (Activated, NotActivated, InProgress, Unknown)
            assert isinstance(provisioning.activate(order), outcomes)
            assert isinstance(provisioning.deactivate(order), (Done, *outcomes[1:]))
            assert isinstance(provisioning.find(order.operation_id), findings)

    check()


@pytest.mark.parametrize(
    "url", ["", "provisioning", "ftp://host", "http://", "http://user:password@host"]
)
def test_a_url_that_cannot_be_used_is_refused_at_once(url: str) -> None:
    with pytest.raises(ValueError, match="provisioning system's URL"):
        HttpProvisioning(url)
