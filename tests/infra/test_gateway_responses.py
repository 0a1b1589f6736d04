"""What API Gateway answers by itself is a problem document like the functions' (RFC 9457)."""

import json
import re
from typing import Any

import pytest

from offers.domain import strict_json
from offers.entrypoints.http import browsers
from offers.entrypoints.http.problems import PROBLEM_TYPES, type_reference
from tests.infra.template import resources

RESPONSES: dict[str, Any] = resources("AWS::Serverless::Api")["OffersApi"]["GatewayResponses"]
ALL_TYPES = {
    # API_GatewayResponse.responseType in the API Gateway reference
    "ACCESS_DENIED", "API_CONFIGURATION_ERROR", "AUTHORIZER_CONFIGURATION_ERROR",
    "AUTHORIZER_FAILURE", "BAD_REQUEST_BODY", "BAD_REQUEST_PARAMETERS", "DEFAULT_4XX",
    "DEFAULT_5XX", "EXPIRED_TOKEN", "INTEGRATION_FAILURE", "INTEGRATION_TIMEOUT",
    "INVALID_API_KEY", "INVALID_SIGNATURE", "MISSING_AUTHENTICATION_TOKEN", "QUOTA_EXCEEDED",
    "REQUEST_TOO_LARGE", "RESOURCE_NOT_FOUND", "THROTTLED", "UNAUTHORIZED",
    "UNSUPPORTED_MEDIA_TYPE", "WAF_FILTERED",
}  # fmt: skip
MADE_BY_THE_GATEWAY = {"extendedRequestId": "Xyz1aFoob+r/A="}
"""Every other variable is in the caller's hand, or may be: `requestId` follows a header."""
VARIABLE = re.compile(r"\$\{?(?:context|stageVariables|input|method|util)[.\w]*\}?")
MEMBERS = {"type", "title", "status", "detail", "instance", "code", "request_id"}


def headers(kind: str) -> dict[str, str]:
    found: dict[str, str] = RESPONSES[kind]["ResponseParameters"]["Headers"]
    return found


def test_every_type_has_one() -> None:
    assert set(RESPONSES) == ALL_TYPES


@pytest.mark.parametrize("kind", sorted(RESPONSES))
def test_is_the_problem_that_the_functions_would_answer(kind: str) -> None:
    document = json.loads(RESPONSES[kind]["ResponseTemplates"]["application/json"])
    problem = PROBLEM_TYPES[document["code"]]

    assert set(document) == MEMBERS
    assert document["type"] == type_reference(document["code"])
    assert (document["title"], document["status"]) == (problem.title, problem.status)
    assert RESPONSES[kind]["StatusCode"] == problem.status
    assert document["instance"] == "/requests/$context.extendedRequestId"
    assert document["request_id"] == "$context.extendedRequestId"


@pytest.mark.parametrize("kind", sorted(RESPONSES))
def test_says_what_it_is_and_which_request_it_answers(kind: str) -> None:
    assert headers(kind)["Content-Type"] == "'application/problem+json'"
    assert headers(kind)["X-Request-Id"] == "context.extendedRequestId"
    assert headers(kind)["Cache-Control"] == "'no-store'"


@pytest.mark.parametrize("kind", sorted(RESPONSES))
def test_tells_browsers_what_the_functions_tell_them(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsers, "_ORIGIN", "an origin")
    expected = browsers.headers({"headers": {"X-Forwarded-Proto": "https"}})
    told: dict[str, Any] = dict(headers(kind))

    assert told["Access-Control-Allow-Origin"] == {"Fn::Sub": "'${AllowedOrigin}'"}
    for name in expected.keys() - {"Access-Control-Allow-Origin"}:
        assert [told[name].strip("'")] == expected[name]


@pytest.mark.parametrize("kind", sorted(RESPONSES))
def test_a_401_names_the_scheme_and_a_429_the_wait(kind: str) -> None:
    status = RESPONSES[kind]["StatusCode"]

    assert ("WWW-Authenticate" in headers(kind)) == (status == 401)
    assert ("Retry-After" in headers(kind)) or status != 429


@pytest.mark.parametrize("hostile", ['x","code":"ok","a":"', "\\", "\n", '"', "$context.path"])
@pytest.mark.parametrize("kind", sorted(RESPONSES))
def test_holds_nothing_that_the_caller_chose(kind: str, hostile: str) -> None:
    def fill(found: re.Match[str]) -> str:
        return MADE_BY_THE_GATEWAY.get(found[0].removeprefix("$context."), hostile)

    for template in RESPONSES[kind]["ResponseTemplates"].values():
        document = strict_json.read_object(VARIABLE.sub(fill, template))
        assert set(document) == MEMBERS
        assert hostile not in document.values()
