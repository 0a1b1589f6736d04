"""Pages of the allowed origin may call the API; every answer says what browsers need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infra.local.stack import APP_ORIGIN

if TYPE_CHECKING:
    from tests.e2e.client import Client
    from tests.local.http import Http


@pytest.mark.parametrize("path", ["/api/v1/activation", "/api/v1/offers", "/api/v1/auth/login"])
def test_a_preflight_needs_no_token(api: Http, path: str) -> None:
    asked = {
        "Origin": APP_ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,idempotency-key",
    }
    answer = api("OPTIONS", path, headers=asked)
    assert answer.status == 200
    assert answer.headers["Access-Control-Allow-Origin"] == APP_ORIGIN
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    for name in ("Authorization", "Content-Type", "Idempotency-Key", "If-None-Match"):
        assert name in answer.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    "path", ["/account/balance", "/nope", "/offers?limit=x", "/offers/expiring"]
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_functions_and_gateway_answer_alike(customer: Client, path: str, signed_in: bool) -> None:
    headers = {} if signed_in else {"Authorization": "none"}
    answer = customer.get(path, **headers, Origin=APP_ORIGIN)
    assert answer.headers.get_all("Access-Control-Allow-Origin") == [APP_ORIGIN]
    assert answer.headers.get_all("Vary") == ["Origin"]
    assert answer.headers.get_all("X-Content-Type-Options") == ["nosniff"]
    for name in ("ETag", "Location", "Link", "Retry-After", "Idempotent-Replayed", "X-Request-Id"):
        assert name in answer.headers["Access-Control-Expose-Headers"]
    assert "Strict-Transport-Security" not in answer.headers  # there is no TLS on a laptop


def test_another_origin_is_not_named(customer: Client) -> None:
    answer = customer.get("/account/balance", Origin="https://evil.example")
    assert answer.headers["Access-Control-Allow-Origin"] == APP_ORIGIN
