"""Functions that are run by operators, not by routes."""

from __future__ import annotations

import json
from typing import Any

import urllib3

from infra.cli.errors import Refused, Unreachable
from offers.domain import strict_json

FAILED = 502
TIMEOUT_SECONDS = 330


def invoke_locally(url: str, function: str, event: object) -> Any:
    """Through the laptop stack's control endpoint."""
    path = f"{url.rstrip('/')}/_local/functions/{function}/invocations"
    try:
        answer = urllib3.request("POST", path, json=event, timeout=TIMEOUT_SECONDS, retries=False)
        document = strict_json.read(answer.data)
    except (urllib3.exceptions.HTTPError, ValueError) as error:
        message = f"The laptop stack at {url} does not answer."
        raise Unreachable(message) from error
    if answer.status == FAILED:
        raise Refused(_sentence(document), str(document.get("errorType", "function_failed")))
    return document


def invoke_deployed(client: Any, name: str, event: object) -> Any:
    """Through Lambda."""
    answer = client.invoke(FunctionName=name, Payload=json.dumps(event).encode())
    document = strict_json.read(answer["Payload"].read())
    if "FunctionError" in answer:
        raise Refused(_sentence(document), str(document.get("errorType", "function_failed")))
    return document


def _sentence(error: dict[str, Any]) -> str:
    return str(error.get("errorMessage") or "The function failed; its log says why.")
