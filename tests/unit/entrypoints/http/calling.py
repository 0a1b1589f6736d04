"""Calls REST handlers as API Gateway does."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

USER_ID = "0193572c-0000-7000-8000-000000000001"
SESSION_ID = "0193572c-0000-7000-8000-000000000002"
AUTHORIZER = {
    "sub": USER_ID,
    "role": "customer",
    "jti": "token-1",
    "sid": SESSION_ID,
    "exp": "1900000000",
}
JSON_TYPE = {"Content-Type": "application/json"}

RawHandler = Callable[[dict[str, Any], Any], dict[str, Any]]


class FakeContext:
    """What handlers read of Lambda's context."""

    aws_request_id = "lambda-1"
    function_name = "function"

    def __init__(self, remaining_milliseconds: int = 10_000) -> None:
        self._remaining = remaining_milliseconds

    def get_remaining_time_in_millis(self) -> int:
        return self._remaining


@dataclass(frozen=True)
class Reply:
    """An answer, its headers joined as a client sees them."""

    status: int
    body: str | None
    headers: Mapping[str, str]

    def json(self) -> Any:
        return json.loads(self.body or "")


def an_event(
    method: str,
    path: str,
    *,
    body: str | None = None,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    authorizer: Mapping[str, str] | None = AUTHORIZER,
) -> dict[str, Any]:
    """A REST API proxy event (payload version 1.0)."""
    return {
        "resource": path,
        "path": path,
        "httpMethod": method,
        "headers": dict(headers or {}),
        "multiValueHeaders": {name: [value] for name, value in (headers or {}).items()},
        "queryStringParameters": dict(query) if query else None,
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "requestContext": {
            "requestId": "chosen by the client",
            "extendedRequestId": "request-1",
            "path": f"/dev{path}",
            "stage": "dev",
            "identity": {"sourceIp": "192.0.2.7"},
            "authorizer": dict(authorizer) if authorizer else None,
        },
        "body": body,
        "isBase64Encoded": False,
    }


def call(handler: RawHandler, event: dict[str, Any]) -> Reply:
    """Handle the event."""
    raw = handler(event, FakeContext())
    json.dumps(raw)  # Lambda must be able to pass it on
    joined = {name: ", ".join(values) for name, values in raw["multiValueHeaders"].items()}
    return Reply(raw["statusCode"], raw["body"], joined)
