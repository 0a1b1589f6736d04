from __future__ import annotations

import importlib
import json
import pkgutil

import pytest

import offers
from offers.domain.errors import DomainError, RetryableError
from offers.entrypoints import telemetry
from offers.entrypoints.http.problems import PROBLEM_TYPES, problem_of
from offers.entrypoints.http.request_errors import RequestError
from tests.unit.entrypoints.http import sample
from tests.unit.entrypoints.http.calling import Reply, an_event, call

ABSTRACT = {"NotFound", "RetryableError"}


def subclasses(kind: type[Exception]) -> set[type[Exception]]:
    direct = set(kind.__subclasses__())
    return direct.union(*(subclasses(each) for each in direct))


def every_error() -> list[type[Exception]]:
    for package in ("domain", "ports", "services"):
        for module in pkgutil.walk_packages(
            [f"{offers.__path__[0]}/{package}"], f"offers.{package}."
        ):
            importlib.import_module(module.name)
    found = subclasses(DomainError) | subclasses(RequestError)
    ours = {each for each in found if each.__module__.startswith("offers.")}
    return sorted((e for e in ours if e.__name__ not in ABSTRACT), key=lambda e: e.__name__)


@pytest.mark.parametrize("error", every_error(), ids=lambda error: error.__name__)
def test_every_error_has_a_status(error: type[DomainError]) -> None:
    assert 400 <= PROBLEM_TYPES[error.code].status < 600


def test_codes_are_snake_case_and_titles_tell_them_apart() -> None:
    assert all(code.replace("_", "").isalpha() and code.islower() for code in PROBLEM_TYPES)
    titles = [kind.title for kind in PROBLEM_TYPES.values()]
    assert len(set(titles)) == len(titles)


def test_retryable_errors_say_when() -> None:
    class NotNow(RetryableError):
        code = "too_many_attempts"

    assert problem_of(NotNow("later", 7), "/x", "r").headers["Retry-After"] == "7"


def failing(how: str) -> Reply:
    return call(sample.handler, an_event("GET", f"/api/v1/fail/{how}"))


def test_a_refusal_is_a_complete_problem_document() -> None:
    reply = failing("rule")
    assert reply.headers["Content-Type"] == "application/problem+json"
    assert reply.json() == {
        "type": "/problems/insufficient_balance",
        "title": "Insufficient balance",
        "status": 402,
        "detail": "The balance is 1.00 EUR, the price 29.99 EUR.",
        "instance": "/api/v1/fail/rule",
        "code": "insufficient_balance",
        "request_id": "request-1",
    }


@pytest.mark.parametrize(("how", "status", "seconds"), [("wait", 429, "30"), ("store", 503, "5")])
def test_waiting_callers_are_told_how_long(how: str, status: int, seconds: str) -> None:
    reply = failing(how)
    assert (reply.status, reply.headers["Retry-After"]) == (status, seconds)


@pytest.mark.parametrize("how", ["bug", "token", "unknown"])
def test_a_bug_tells_nothing_and_is_logged(how: str, caplog: pytest.LogCaptureFixture) -> None:
    reply = failing(how)
    assert (reply.status, reply.json()["code"]) == (500, "internal_error")
    assert "hunter2" not in json.dumps([reply.body, dict(reply.headers)])
    assert "Error" not in str(reply.body)
    (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert record.exc_info is not None
    assert telemetry.logger.thread_safe_get_current_keys()["request_id"] == "request-1"


def test_what_cannot_be_encoded_is_a_problem_too() -> None:
    reply = call(sample.handler, an_event("GET", "/api/v1/unserializable"))
    assert (reply.status, reply.json()["code"]) == (500, "internal_error")
    assert reply.headers["X-Request-Id"] == "request-1"


def test_an_event_that_is_none_is_a_problem_too() -> None:
    reply = call(sample.handler, {})
    assert (reply.status, reply.json()["code"]) == (500, "internal_error")
