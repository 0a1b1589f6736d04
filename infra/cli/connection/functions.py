"""Functions that are run by operators, not by routes."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from infra.cli.errors import Refused, Unreachable
from infra.http.client import JsonClient, NoReply
from offers.domain import strict_json

TIMEOUT_SECONDS = 330


def invoke_locally(url: str, function: str, event: object) -> Any:
    """Through the laptop stack's control endpoint."""
    client = JsonClient(url, TIMEOUT_SECONDS)
    try:
        reply = client("POST", f"/_local/functions/{function}/invocations", event)
    except NoReply as error:
        message = f"The laptop stack at {url} does not answer."
        raise Unreachable(message) from error
    if reply.status == HTTPStatus.BAD_GATEWAY:
        raise _failed(reply.document)
    return reply.document


def invoke_deployed(client: Any, name: str, event: object) -> Any:
    """Through Lambda."""
    answer = client.invoke(FunctionName=name, Payload=json.dumps(event).encode())
    document = strict_json.read(answer["Payload"].read())
    if "FunctionError" in answer:
        raise _failed(document)
    return document


def _failed(error: dict[str, Any]) -> Refused:
    sentence = error.get("errorMessage") or "The function failed; its log says why."
    return Refused(str(sentence), str(error.get("errorType", "function_failed")))
