"""The way out to partners, against real sockets: what arrives, and what must not."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offers.adapters.http import connection
from offers.adapters.webhooks import http_sender
from offers.adapters.webhooks.http_sender import HttpWebhookSender
from offers.domain.webhook_url import WebhookRules
from tests.integration.adapters.provisioning.scripted import an_answer, saying
from tests.integration.adapters.webhooks.receiver import a_certificate, receiving
from tests.servers import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from offers.ports.outside.webhook_calls import CallResult

pytestmark = pytest.mark.integration

HOST = "partner.example.com"
BODY = '{"type":"activation.succeeded"}'
HEADERS = {"webhook-id": "1", "webhook-signature": "v1,x", "Content-Type": "application/json"}
Lookup = dict[str, list[str]]
LOCAL = HttpWebhookSender(WebhookRules(ports=None, allows_private=True))
DEPLOYED = HttpWebhookSender(WebhookRules(ports=None))
TIMEOUTS = http_sender.CONNECT_TIMEOUT_SECONDS, http_sender.TIMEOUT_SECONDS


@pytest.fixture(autouse=True, scope="module")
def impatient() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(http_sender, "TIMEOUT_SECONDS", 0.6)
        patch.setattr(http_sender, "CONNECT_TIMEOUT_SECONDS", 0.4)
        yield


def post(sender: HttpWebhookSender, url: str) -> CallResult:
    return sender.post(url, HEADERS, BODY)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Lookup:
    """Names and the addresses they have, one look-up after the other."""
    known: Lookup = {}
    real: Callable[..., Any] = socket.getaddrinfo

    def look_up(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        if host not in known:
            return real(host, port, *args, **kwargs)
        if not known[host]:
            raise socket.gaierror
        found = known[host].pop(0).split()
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


def test_a_call_brings_body_and_headers(names: Lookup) -> None:
    names[HOST] = ["127.0.0.1"]
    with receiving(status=204) as partner:
        result = post(LOCAL, f"http://{HOST}:{partner.port}/hooks?tenant=7")

    assert (result.http_status, result.error) == (204, "")
    assert result.duration_ms >= 0
    (call,) = partner.calls
    assert (call["path"], call["body"]) == ("/hooks?tenant=7", BODY)
    assert call["headers"]["Host"] == f"{HOST}:{partner.port}"
    assert call["headers"].items() >= HEADERS.items()


@pytest.mark.parametrize(
    ("status", "asked", "seconds"),
    [
        (429, "120", 120),
        (503, "120", 120),
        (429, "999999", 6 * 3600),
        (429, "soon", 1),
        (429, None, None),
        (500, "120", None),
        (200, "120", None),
    ],
)
def test_a_receiver_may_ask_to_be_left_alone(
    status: int, asked: str | None, seconds: int | None
) -> None:
    with receiving(status=status, headers={"Retry-After": asked} if asked else {}) as partner:
        result = post(LOCAL, f"http://127.0.0.1:{partner.port}/")

    assert (result.http_status, result.retry_after_seconds) == (status, seconds)


def test_only_the_ports_that_are_allowed_are_called() -> None:
    with receiving() as partner:
        sender = HttpWebhookSender(WebhookRules(frozenset({443}), allows_private=True))
        result = post(sender, f"http://127.0.0.1:{partner.port}/")

    assert (result.error, partner.calls) == ("url_not_allowed", [])


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_an_answer_and_is_not_followed(status: int) -> None:
    with receiving() as elsewhere:
        place = {"Location": f"http://127.0.0.1:{elsewhere.port}/"}
        with receiving(status=status, headers=place) as partner:
            result = post(LOCAL, f"http://127.0.0.1:{partner.port}/")

    assert result.http_status == status
    assert elsewhere.calls == []


def test_a_private_address_is_not_even_connected_to(names: Lookup) -> None:
    with receiving() as ours:
        names[HOST] = ["127.0.0.1"]
        by_name = post(DEPLOYED, f"https://{HOST}:{ours.port}/")
        names[HOST] = ["93.184.215.14 127.0.0.1"]
        hidden_behind_a_public_one = post(DEPLOYED, f"https://{HOST}:{ours.port}/")

    assert by_name.error == hidden_behind_a_public_one.error == "forbidden_address"
    assert by_name.http_status is None
    assert ours.calls == []


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "http://partner.example.com/", "https://"])
def test_a_url_that_should_never_have_been_stored_is_not_called(url: str) -> None:
    assert post(DEPLOYED, url).error == "url_not_allowed"


def test_the_address_that_was_checked_is_the_one_that_is_called(names: Lookup) -> None:
    """A name that changes its mind between check and call (DNS rebinding) gains nothing."""
    with receiving() as partner:
        names[HOST] = ["127.0.0.1", "10.0.0.1"]
        result = post(LOCAL, f"http://{HOST}:{partner.port}/")

    assert result.http_status == 200
    assert names[HOST] == ["10.0.0.1"], "one look-up"


def test_the_certificate_must_be_trusted_and_for_the_name(
    names: Lookup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names |= {HOST: ["127.0.0.1"] * 2, "other.example.com": ["127.0.0.1"]}
    certificate = a_certificate(tmp_path, HOST)
    with receiving(certificate) as partner:
        unknown = post(LOCAL, f"https://{HOST}:{partner.port}/")
        trusting = ssl.create_default_context(cafile=str(certificate))
        monkeypatch.setattr(connection, "_tls", lambda: trusting)
        trusted = post(LOCAL, f"https://{HOST}:{partner.port}/")
        wrong_name = post(LOCAL, f"https://other.example.com:{partner.port}/")

    assert unknown.error == wrong_name.error == "certificate_not_trusted"
    assert trusted.http_status == 200
    assert len(partner.calls) == 1


def test_no_tls_where_tls_is_asked_for() -> None:
    def answer_plainly() -> None:
        line, _ = listener.accept()
        with line:
            line.recv(65536)
            line.sendall(an_answer(400))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer_plainly)
        thread.start()
        result = post(LOCAL, f"https://127.0.0.1:{listener.getsockname()[1]}/")
        thread.join()

    assert result.error == "tls_failed"


def test_nobody_there(names: Lookup) -> None:
    names[HOST] = []

    assert post(LOCAL, f"http://{HOST}/").error == "name_not_found"
    assert post(LOCAL, f"http://127.0.0.1:{free_port()}/").error == "connection_failed"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
    ],
    ids=["nothing", "nonsense", "no status", "many headers", "a long header"],
)
def test_what_is_no_answer(answer: bytes) -> None:
    with saying(answer) as url:
        result = post(LOCAL, url)

    assert (result.http_status, result.error) == (None, "no_answer")


def test_an_answer_that_trickles_is_cut_off() -> None:
    with saying(an_answer(200), pause_seconds=0.1) as url:
        started = time.monotonic()
        result = post(LOCAL, url)

    assert result.error == "timeout"
    assert time.monotonic() - started < 2
    assert result.duration_ms >= 500


def test_a_partner_that_says_nothing_is_not_waited_for() -> None:
    with saying(b"", hangs=True) as url:
        assert post(LOCAL, url).error == "timeout"


def test_a_body_is_not_read() -> None:
    endless = an_answer(200, b"x" * 1_000_000, "Content-Length: 1000000000000")
    with saying(endless, hangs=True) as url:
        started = time.monotonic()
        result = post(LOCAL, url)

    assert result.http_status == 200
    assert time.monotonic() - started < 0.5


def test_all_together_fits_into_the_functions_time() -> None:
    connecting, everything = TIMEOUTS
    assert connecting < everything <= 10


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.text().map("https://127.0.0.1:1/".__add__)))
def test_whatever_was_stored_as_a_url_is_no_exception(url: str) -> None:
    """Never the network either: nothing here names a public address."""
    result = DEPLOYED.post(url, {}, "")

    assert result.http_status is None
    assert result.error
