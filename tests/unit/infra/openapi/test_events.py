"""The event that is written for a route without one is as good as those written by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infra.openapi.build import DOCUMENT
from infra.openapi.events import event_of
from tests.infra.template import ROOT

OPENAPI = json.loads(DOCUMENT.read_text(encoding="utf-8"))


def made(path: str, method: str) -> dict[str, Any]:
    return event_of(OPENAPI, path, method, OPENAPI["paths"][path][method])


@pytest.mark.parametrize(
    ("path", "method", "file"),
    [
        ("/api/v1/account/balance", "get", "account/get_balance"),
        ("/api/v1/offers/{offer_id}", "get", "offers/get_offer"),
        ("/api/v1/auth/profile", "get", "auth/get_profile"),
    ],
)
def test_it_is_what_was_written_by_hand(path: str, method: str, file: str) -> None:
    assert made(path, method) == json.loads((ROOT / f"events/{file}.json").read_text("utf-8"))


def test_the_caller_is_one_who_may() -> None:
    assert made("/api/v1/admin/offers", "post")["requestContext"]["authorizer"]["role"] == "admin"
    partner = made("/api/v1/partner/activate", "post")
    assert partner["requestContext"]["identity"]["apiKeyId"]
    assert "authorizer" not in partner["requestContext"]
    assert partner["headers"]["x-api-key"]


def test_bodies_and_paths_are_filled() -> None:
    event = made("/api/v1/activation", "post")
    assert set(json.loads(event["body"])) == {"offer_id"}
    assert event["multiValueHeaders"]["Idempotency-Key"] == [event["headers"]["Idempotency-Key"]]
    for path, methods in OPENAPI["paths"].items():
        for method in methods:
            assert "{" not in made(path, method)["path"]
