"""Writes the event of a route that has none yet: what API Gateway would hand to its function.

Events that are there are left alone: they may be better than this. Those of queues, topics and
schedules are written by hand.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.openapi.examples import example
from infra.openapi.handlers import routed_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[2]
PATTERN = ROOT / "events/ops/check_health.json"
"""What every event has beside its route, its caller and its body."""
CUSTOMER = "01900000-0000-7000-8000-000000000001"
ADMINISTRATOR = "01900000-0000-7000-8000-0000000000ff"
NAMED = {
    "offer_id": "01900000-0000-7000-8000-0000000000a1",
    "transaction_id": "01900000-0000-7000-8000-0000000000b1",
    "subscription_id": "01900000-0000-7000-8000-0000000000c1",
    "user_id": CUSTOMER,
    "contact_email": "operations@partner.example.com",
    "email": "somebody@example.com",
}


def missing_events(
    openapi: Mapping[str, Any], template: Path = ROOT / "template.yaml"
) -> Iterator[tuple[Path, str]]:
    """(file, content) of each event to be written."""
    found = {
        operation["operationId"]: (path, method, operation)
        for path, methods in openapi["paths"].items()
        for method, operation in methods.items()
    }
    for handler in routed_files(template):
        file = ROOT / "events" / handler.parent.name / f"{handler.stem}.json"
        if not file.exists() and handler.stem in found:
            event = event_of(openapi, *found[handler.stem])
            yield file, json.dumps(event, indent=2, ensure_ascii=False) + "\n"


def event_of(
    openapi: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]
) -> dict[str, Any]:
    """A request that the operation's schemas allow, by somebody who may send it."""
    parameters = {
        each["name"]: str(example(openapi, each["schema"], NAMED, each["name"]))
        for each in operation.get("parameters", [])
        if each["in"] == "path"
    }
    event: dict[str, Any] = json.loads(PATTERN.read_text(encoding="utf-8"))
    event |= {
        "resource": path,
        "path": path.format(**parameters),
        "httpMethod": method.upper(),
        "pathParameters": parameters or None,
        "body": _body(openapi, operation),
    }
    context = event["requestContext"]
    context |= {
        "httpMethod": method.upper(),
        "path": f"/{context['stage']}{event['path']}",
        "resourcePath": path,
    }
    headers = event["headers"] | _headers(operation) | _identified(context, path, operation)
    event["headers"] = dict(sorted(headers.items()))
    event["multiValueHeaders"] = {name: [value] for name, value in event["headers"].items()}
    return event


def _body(openapi: Mapping[str, Any], operation: Mapping[str, Any]) -> str | None:
    if "requestBody" not in operation:
        return None
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    return json.dumps(example(openapi, schema, NAMED))


def _headers(operation: Mapping[str, Any]) -> dict[str, str]:
    known = {each["name"] for each in operation.get("parameters", []) if each["in"] == "header"}
    key = {"Idempotency-Key": f"{operation['operationId']}-2026-01"}
    kind = {"Content-Type": "application/json"} if "requestBody" in operation else {}
    return {**kind, **(key if "Idempotency-Key" in known else {})}


def _identified(context: dict[str, Any], path: str, operation: Mapping[str, Any]) -> dict[str, str]:
    """Puts the caller into the context, as the authorizer or the gateway does; his header."""
    schemes = [name for scheme in operation.get("security", []) for name in scheme]
    if "apiKey" in schemes:
        context["identity"] |= {"apiKey": "example-partner-key", "apiKeyId": "a1b2c3d4e5"}
        return {"x-api-key": "example-partner-key"}
    if "bearer" in schemes:
        is_admin = path.startswith("/api/v1/admin/")
        context["authorizer"] = {
            "principalId": ADMINISTRATOR if is_admin else CUSTOMER,
            "sub": ADMINISTRATOR if is_admin else CUSTOMER,
            "role": "admin" if is_admin else "customer",
            "jti": "01900000-0000-7000-8000-0000000000d1",
            "sid": "01900000-0000-7000-8000-0000000000f1",
            "exp": "4102444800",
            "integrationLatency": 12,
        }
        return {"Authorization": "Bearer header.payload.signature"}
    return {}
