"""What is said twice is refused over the wire, and changes nothing."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.e2e.client import BASE, Client

if TYPE_CHECKING:
    from collections.abc import Iterable


def send(caller: Client, body: str, extra: Iterable[tuple[str, str]] = ()) -> tuple[int, str]:
    """An activation with header lines exactly as given; status and code."""
    connection = http.client.HTTPConnection(urlsplit(caller.http.url).netloc, timeout=30)
    connection.putrequest("POST", f"{BASE}/activation")
    lines = [*caller.headers.items(), ("Content-Type", "application/json"), *extra]
    for name, value in [*lines, ("Content-Length", str(len(body)))]:
        connection.putheader(name, value)
    connection.endheaders(body.encode())
    answer = connection.getresponse()
    document = json.loads(answer.read())
    connection.close()
    return answer.status, document.get("code", "")


@pytest.mark.parametrize("name", ["Idempotency-Key", "idempotency-key"])
def test_a_key_sent_twice(customer: Client, offer: dict[str, Any], name: str) -> None:
    lines = [("Idempotency-Key", "one"), (name, "two")]
    body = json.dumps({"offer_id": offer["id"]})
    assert send(customer, body, lines) == (400, "repeated_header")
    assert customer.balance() == "500.00"


@pytest.mark.parametrize("name", ["Authorization", "Content-Type", "If-Match", "X-Api-Key"])
def test_another_header_that_counts_once(
    customer: Client, offer: dict[str, Any], name: str
) -> None:
    value = customer.headers.get(name, "application/json")
    body = json.dumps({"offer_id": offer["id"]})
    assert send(customer, body, [(name, value), (name, value)]) == (400, "repeated_header")
    assert customer.balance() == "500.00"


def test_a_field_sent_twice(customer: Client, offer: dict[str, Any]) -> None:
    body = f'{{"offer_id":"01900000-0000-7000-8000-00000000ffff","offer_id":"{offer["id"]}"}}'
    assert send(customer, body) == (400, "malformed_json")
    assert customer.balance() == "500.00"
