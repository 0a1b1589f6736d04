"""What each answer means, and what is left of the words in it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from offers.adapters.http.exchange import Answer
from offers.adapters.provisioning.answers import (
    read_activation,
    read_deactivation,
    read_finding,
)
from offers.domain.outcome import (
    Activated,
    Done,
    InProgress,
    NotActivated,
    NotDone,
    Refused,
    Unknown,
)


def answer(status: int, body: Any = None, retry_after: str | None = None) -> Answer:
    return Answer(status, retry_after, b"" if body is None else json.dumps(body).encode())


@pytest.mark.parametrize("status", [200, 201])
def test_success_carries_its_reference(status: int) -> None:
    assert read_activation(answer(status, {"reference": "PRV-1"})) == Activated("PRV-1")


_UNUSABLE: list[Any] = [None, "", " ", 1, [], "a\nb"]


@pytest.mark.parametrize("body", [None, {}, [], "PRV-1", *({"reference": r} for r in _UNUSABLE)])
def test_success_without_a_usable_reference_is_unknown(body: Any) -> None:
    assert isinstance(read_activation(answer(200, body)), Unknown)


@pytest.mark.parametrize(
    "body",
    [
        b'{"reference": "PRV-1", "reference": "PRV-2"}',
        b'{"reference": "PRV-1", "x": NaN}',
        '{"reference": "PRV-1"}'.encode("utf-16"),
    ],
)
def test_success_that_two_readers_understand_differently_is_unknown(body: bytes) -> None:
    assert isinstance(read_activation(Answer(200, None, body)), Unknown)


def test_a_state_told_twice_refunds_nobody() -> None:
    body = b'{"state": "activated", "state": "not_activated"}'
    assert isinstance(read_finding(Answer(200, None, body)), Unknown)


def test_a_reference_too_long_to_keep_is_unknown() -> None:
    assert isinstance(read_activation(answer(200, {"reference": "x" * 101})), Unknown)


@pytest.mark.parametrize("status", [409, 422])
def test_a_readable_refusal_is_definite(status: int) -> None:
    refusal = answer(status, {"code": "no_line", "reason": "No line here."})
    assert read_activation(refusal) == Refused("no_line", "No line here.")
    assert read_deactivation(refusal) == Refused("no_line", "No line here.")


_NO_REASON: list[Any] = [None, "", 5, " \n\t ", {}]
_NO_CODE: list[Any] = [{"reason": "no"}, {"code": 7, "reason": "no"}, {"code": " ", "reason": "no"}]


@pytest.mark.parametrize(
    "body", [None, [], {}, *_NO_CODE, *({"code": "c", "reason": r} for r in _NO_REASON)]
)
@pytest.mark.parametrize("status", [409, 422])
def test_a_refusal_without_its_promised_body_refunds_nobody(status: int, body: Any) -> None:
    assert read_activation(answer(status, body)) == Unknown("bare refusal")
    assert read_deactivation(answer(status, body)) == Unknown("bare refusal")


def test_another_systems_problem_document_refunds_nobody() -> None:
    problem = {"type": "about:blank", "status": 422, "code": "validation_failed", "detail": "…"}
    assert read_activation(answer(422, problem)) == Unknown("bare refusal")


def test_words_from_outside_are_short_and_on_one_line() -> None:
    hostile = "Line\r\nBcc: all@example.com\x00\u202e\u2028 end " + "x" * 1000
    found = read_activation(answer(422, {"code": "No Line/Here\n" + "y" * 500, "reason": hostile}))
    assert isinstance(found, Refused)
    assert found.reason.startswith("Line Bcc: all@example.com end xxx")
    assert found.reason.endswith("…")
    assert len(found.reason) == 300
    assert found.reason.isprintable()
    assert found.code.startswith("no_line_here_yyy")
    assert len(found.code) == 64


@pytest.mark.parametrize("status", [429, 503])
def test_not_now_says_when(status: int) -> None:
    assert read_activation(answer(status, None, "7")) == NotDone(7, f"status {status}")
    assert read_deactivation(answer(status, None)) == NotDone(30, f"status {status}")


@pytest.mark.parametrize("status", [202, 204, 301, 400, 401, 403, 404, 410, 500, 502, 504, 599])
def test_every_other_status_is_unknown(status: int) -> None:
    body = {"reference": "PRV-1", "code": "c", "reason": "r", "state": "activated"}
    assert read_activation(answer(status, body)) == Unknown(f"status {status}")
    assert read_finding(answer(status, body)) == Unknown(f"status {status}")


@pytest.mark.parametrize(
    ("status", "body", "meaning"),
    [
        (200, {"state": "activated", "reference": "PRV-1"}, Activated("PRV-1")),
        (200, {"state": "activated"}, Activated("")),
        (200, {"state": "not_activated"}, NotActivated()),
        (200, {"state": "in_progress"}, InProgress()),
        (200, {"state": "ACTIVATED"}, Unknown("no known state")),
        (200, {"state": ["activated"]}, Unknown("no known state")),
        (200, None, Unknown("no known state")),
        (404, {"code": "unknown_operation"}, NotActivated()),
        (404, None, Unknown("status 404")),
        (404, {}, Unknown("status 404")),
        (404, {"code": "not_found"}, Unknown("status 404")),
        (404, {"code": ["unknown_operation"]}, Unknown("status 404")),
        (404, ["unknown_operation"], Unknown("status 404")),
        (404, {"state": "not_activated"}, Unknown("status 404")),
        (410, {"code": "unknown_operation"}, Unknown("status 410")),
    ],
)
def test_findings(status: int, body: Any, meaning: object) -> None:
    assert read_finding(answer(status, body)) == meaning


@pytest.mark.parametrize(
    ("status", "body", "meaning"),
    [
        (200, {"reference": "PRV-1"}, Done("PRV-1")),
        (201, {"state": "not_activated"}, Done("")),
        (404, {"code": "unknown_operation"}, Done("")),
        (200, {}, Unknown("ended without saying so")),
        (200, {"state": "activated"}, Unknown("ended without saying so")),
        (200, None, Unknown("ended without saying so")),
        (204, None, Unknown("status 204")),
        (404, None, Unknown("status 404")),
        (404, {"code": "not_found"}, Unknown("status 404")),
    ],
)
def test_deactivations(status: int, body: Any, meaning: object) -> None:
    assert read_deactivation(answer(status, body)) == meaning
