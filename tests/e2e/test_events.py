"""Every function accepts the event that stands for it under events/."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import psycopg2
import pytest

from tests.infra.template import ROOT, Function, functions, named

if TYPE_CHECKING:
    from infra.local.stack import LaptopStack
    from tests.local.http import Http

pytestmark = pytest.mark.e2e

REFUSED = {
    "auth/refresh": "invalid_token",  # no real token may be in the repository
    "auth/authorize": "Unauthorized",
    "notifications/unsubscribe": "unsubscribe_link_unknown",  # links are random
    "auth/change_password": "wrong_password",  # no real password may be in the repository either
    "auth/reset_password": "reset_link_invalid",  # links work once
    "auth/show_password_reset": "text/html",  # a page says that the link is no good
    "ops/check_release": "ResourceNotFoundException",  # of the release's versions, which AWS has
}


def complaint(answer: Any) -> str | None:
    """The code of a refusal that says more than that the event's ids are unknown here."""
    if not isinstance(answer, dict):
        return None  # what schedules and topics answer is nobody's business
    if "errorType" in answer:
        return str(answer["errorType"])
    if "statusCode" not in answer or answer["statusCode"] < 300:
        return None
    if "json" not in (kind := answer["multiValueHeaders"]["Content-Type"][0]):
        return str(kind).partition(";")[0]
    code = str(json.loads(answer["body"])["code"])
    is_unknown_id = code.endswith("_not_found") and code != "route_not_found"
    return None if is_unknown_id else code


@pytest.fixture(scope="module")
def residents(laptop_stack: LaptopStack) -> dict[str, str]:
    """Who may call here: the ids that stand in for those of the events."""
    with closing(psycopg2.connect(laptop_stack.addresses.postgres)) as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT role, min(id::text) FROM users GROUP BY role")
        found: dict[str, str] = dict(cursor.fetchall())
        cursor.execute(
            "SELECT min(api_key_id) FROM partner_api_keys JOIN partners ON partners.id = partner_id"
            " WHERE name = 'acme-tv' AND is_active AND revoked_at IS NULL"
        )
        ((key_id,),) = cursor.fetchall()
        return found | {"partner": key_id}


def at_home(event: dict[str, Any], residents: dict[str, str]) -> dict[str, Any]:
    """The event as if somebody of this stack had caused it."""
    context = event.get("requestContext", {})
    if role := (context.get("authorizer") or {}).get("role"):
        context["authorizer"]["sub"] = residents[role]
    if context.get("identity", {}).get("apiKeyId"):
        context["identity"]["apiKeyId"] = residents["partner"]
    return event


@pytest.mark.parametrize("function", functions(), ids=named)
def test_accepts_its_event(api: Http, residents: dict[str, str], function: Function) -> None:
    stored = json.loads((ROOT / "events" / f"{function.module}.json").read_bytes())
    event = at_home(stored, residents)

    answer = api("POST", f"/_local/functions/{function.logical_id}/invocations", event).json()

    assert complaint(answer) == REFUSED.get(function.module)
    if any(function.events("SQS")):
        assert "batchItemFailures" in answer
