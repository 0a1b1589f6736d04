"""Every function accepts the event that stands for it under events/."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.infra.template import ROOT, Function, functions, named

if TYPE_CHECKING:
    from tests.local.http import Http

pytestmark = pytest.mark.e2e

REFUSED = {
    "auth/refresh": "invalid_token",  # no real token may be in the repository
    "auth/authorize": "Unauthorized",
}


def complaint(answer: Any) -> str | None:
    """The code of a refusal that says more than that the event's ids are unknown here."""
    if "errorType" in answer:
        return str(answer["errorType"])
    if "statusCode" not in answer or answer["statusCode"] < 300:
        return None
    code = str(json.loads(answer["body"])["code"])
    is_unknown_id = code.endswith("_not_found") and code != "route_not_found"
    return None if is_unknown_id else code


@pytest.mark.parametrize("function", functions(), ids=named)
def test_accepts_its_event(api: Http, function: Function) -> None:
    event = (ROOT / "events" / f"{function.module}.json").read_bytes()

    answer = api("POST", f"/_local/functions/{function.logical_id}/invocations", event).json()

    assert complaint(answer) == REFUSED.get(function.module)
    if any(function.events("SQS")):
        assert "batchItemFailures" in answer
