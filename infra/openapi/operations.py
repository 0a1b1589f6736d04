"""Adds to a route what its handler's docstring and ``rest.documents`` say about it."""

from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Route

from offers.entrypoints.http.answers import JSON, PROBLEM_JSON
from offers.entrypoints.http.documentation import Documentation, documentation_of
from offers.entrypoints.http.problems import INTERNAL_ERROR, PROBLEM_TYPES, type_reference
from offers.entrypoints.http.schemas.problems import ProblemDocument

ALWAYS = ("repeated_header", "validation_failed", "throttled", INTERNAL_ERROR, "timeout")
WITH_DATABASE = ("database_unavailable",)
WITH_BODY = ("malformed_json", "body_too_large", "unsupported_media_type")
CONDITION = {
    "name": "If-None-Match",
    "in": "header",
    "description": "An `ETag` you hold: 304 if it is still the current one.",
    "schema": {"type": "string"},
}
IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Makes a repeated request harmless: the first answer is given again.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
}
PRECONDITION = {
    "name": "If-Match",
    "in": "header",
    "description": "The `ETag` of the version you changed: 412 if it is no longer the current one.",
    "schema": {"type": "string"},
}
REQUEST_ID = {"X-Request-Id": {"description": "Quote it to support.", "schema": {"type": "string"}}}


def describe(route: Route, tag: str) -> None:
    """Fill in everything the route's OpenAPI operation is made of."""
    summary, _, description = (route.func.__doc__ or "").strip().partition("\n\n")
    route.summary = " ".join(summary.split()).removesuffix(".")
    route.description = " ".join(description.split()) or None
    route.tags = [tag]
    route.operation_id = route.func.__name__
    documentation = documentation_of(route.func)
    if documentation is None:
        message = f"{route.func.__name__} says nothing about its answers: use @rest.documents"
        raise ValueError(message)
    route.responses = _answers(documentation) | _problems(codes_of(route, documentation))
    route._dependant = None  # Powertools cached it before it knew the responses


def header_parameters(documentation: Documentation) -> list[dict[str, Any]]:
    """The request headers that mean something to this operation."""
    wanted = ((documentation.is_conditional, CONDITION), (documentation.is_idempotent, IDEMPOTENCY))
    found: list[dict[str, Any]] = [parameter for is_wanted, parameter in wanted if is_wanted]
    if documentation.if_match is not None:
        found.append({**PRECONDITION, "required": documentation.if_match == "required"})
    return found


def codes_of(route: Route, documentation: Documentation) -> set[str]:
    """Every problem code the operation can answer with."""
    codes = {*documentation.errors, *ALWAYS}
    dependant = route.dependant
    if documentation.security is not None:
        codes.update(WITH_DATABASE)
    if dependant.body_params:
        codes.update(WITH_BODY)
    if any(field.alias == "cursor" for field in dependant.query_params):
        codes.add("invalid_cursor")
    return codes


def _answers(documentation: Documentation) -> dict[int, Any]:
    answers: dict[int, Any] = {}
    for status, document in documentation.answers.items():
        content = {} if document is None else {JSON: {"model": document}}
        answers[status] = _answer(HTTPStatus(status).phrase, content)
    if documentation.is_conditional:
        answers[304] = _answer("Not Modified", {})
    return answers


def _problems(codes: set[str]) -> dict[int, Any]:
    by_status: dict[int, list[str]] = {}
    for code in sorted(codes):
        by_status.setdefault(PROBLEM_TYPES[code].status, []).append(code)
    return {status: _problem(found) for status, found in sorted(by_status.items())}


def _problem(codes: list[str]) -> dict[str, Any]:
    described = ", ".join(f"`{code}` ({PROBLEM_TYPES[code].title})" for code in codes)
    examples = {code: {"value": _example(code)} for code in codes}
    return _answer(described, {PROBLEM_JSON: {"model": ProblemDocument, "examples": examples}})


def _example(code: str) -> dict[str, Any]:
    kind = PROBLEM_TYPES[code]
    return {
        "type": type_reference(code),
        "title": kind.title,
        "status": kind.status,
        "detail": "What happened here, in a sentence.",
        "instance": "/the/path",
        "code": code,
        "request_id": "d8f69640-ffa2-4e7d-a759-4331f18ab988",
    }


def _answer(description: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "headers": REQUEST_ID, "content": content}
