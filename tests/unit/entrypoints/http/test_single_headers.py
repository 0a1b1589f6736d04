"""A header that counts once and comes twice is refused, on whatever route."""

from __future__ import annotations

from typing import Any

import pytest

from offers.entrypoints.http.single_headers import SINGLE
from tests.unit.entrypoints.http import sample
from tests.unit.entrypoints.http.calling import an_event, call

THING_PATH = "/api/v1/things/0193572c-0000-7000-8000-00000000000a"


def with_lines(method: str, path: str, **lines: list[str]) -> dict[str, Any]:
    """As API Gateway hands them on: the last in ``headers``, all in ``multiValueHeaders``."""
    event = an_event(method, path)
    event["multiValueHeaders"] = {name.replace("_", "-"): each for name, each in lines.items()}
    event["headers"] = {name: each[-1] for name, each in event["multiValueHeaders"].items()}
    return event


@pytest.mark.parametrize("name", SINGLE.values())
@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
def test_two_values_are_one_too_many(name: str, method: str) -> None:
    reply = call(sample.handler, with_lines(method, "/api/v1/nowhere", **{name: ["a", "a"]}))
    assert (reply.status, reply.json()["code"]) == (400, "repeated_header")
    assert name in reply.json()["detail"]


def test_letters_make_no_difference() -> None:
    lines = {"Idempotency-Key": ["a"], "idempotency-key": ["b"]}
    assert call(sample.handler, with_lines("POST", "/api/v1/things", **lines)).status == 400


def test_a_list_may_come_in_several_lines() -> None:
    lines = {"If-None-Match": ['"1"', 'W/"3"'], "Accept": ["a/b", "c/d"]}
    assert call(sample.handler, with_lines("GET", THING_PATH, **lines)).status == 304
