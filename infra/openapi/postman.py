"""A Postman collection (format v2.1.0) made from the OpenAPI document.

Sign-in keeps the tokens, lists keep the first id, activating keeps the transaction: so the requests
can be sent in order, by hand or by ``newman run``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.openapi.examples import example

if TYPE_CHECKING:
    from collections.abc import Iterator

COLLECTION = Path(__file__).resolve().parents[2] / "docs/postman/offers.postman_collection.json"
_FORMAT = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
_VARIABLES = {
    "base_url": "http://127.0.0.1:3000",
    "username": "user1",
    "password": "password123",
    "api_key": "local-acme-tv-0123456789abcdef",
    "access_token": "",
    "refresh_token": "",
    "offer_id": "",
    "transaction_id": "",
    "subscription_id": "",
    "expires_at": "",
}
_NAMED = {name: "{{" + name + "}}" for name in _VARIABLES}
_KEEPS = {
    "login": {"access_token": "access_token", "refresh_token": "refresh_token"},
    "refresh": {"access_token": "access_token", "refresh_token": "refresh_token"},
    "list_offers": {"offer_id": "data[0]?.id"},
    "activate_offer": {"transaction_id": "transaction_id"},
    "list_subscriptions": {"subscription_id": "data[0]?.id", "expires_at": "data[0]?.expires_at"},
}
_FIRST = ("auth", "offers", "activation")  # what the other folders ask about exists after these
_LAST = "logout"  # or nothing after it would be allowed


def collection(openapi: dict[str, Any]) -> str:
    """The collection's JSON text, with a line break at its end."""
    folders: dict[str, list[dict[str, Any]]] = {}
    last: list[dict[str, Any]] = []
    for path, method, operation in _operations(openapi):
        item = _item(openapi, path, method, operation)
        is_last = operation["operationId"] == _LAST
        (last if is_last else folders.setdefault(operation["tags"][0], [])).append(item)
    ordered = sorted(folders, key=lambda tag: _FIRST.index(tag) if tag in _FIRST else len(_FIRST))
    document = {
        "info": {"name": openapi["info"]["title"], "schema": _FORMAT},
        "auth": {"type": "bearer", "bearer": _pairs({"token": "{{access_token}}"})},
        "variable": _pairs(_VARIABLES),
        "item": [{"name": tag, "item": folders[tag]} for tag in ordered] + last,
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _operations(openapi: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in openapi["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _item(
    openapi: dict[str, Any], path: str, method: str, operation: dict[str, Any]
) -> dict[str, Any]:
    parameters = operation.get("parameters", [])
    request: dict[str, Any] = {
        "method": method.upper(),
        "description": operation.get("description", ""),
        "header": [],
        "url": _url(path, [each["name"] for each in parameters if each["in"] == "query"]),
    }
    schemes = [name for scheme in operation.get("security", []) for name in scheme]
    if "bearer" not in schemes:
        request["auth"] = {"type": "noauth"}
    if "apiKey" in schemes:
        request["header"] += _pairs({"x-api-key": "{{api_key}}"})
    if any(each["name"] == "Idempotency-Key" for each in parameters):
        request["header"] += _pairs({"Idempotency-Key": "{{$guid}}"})
    if body := operation.get("requestBody"):
        schema = body["content"]["application/json"]["schema"]
        request["header"] += _pairs({"Content-Type": "application/json"})
        request["body"] = {
            "mode": "raw",
            "raw": json.dumps(example(openapi, schema, _NAMED), indent=2),
        }
    test = {"listen": "test", "script": {"exec": _script(operation)}}
    return {"name": operation["summary"], "request": request, "event": [test]}


def _url(path: str, queries: list[str]) -> dict[str, Any]:
    filled = path.replace("{", "{{").replace("}", "}}")
    return {
        "raw": "{{base_url}}" + filled,
        "host": ["{{base_url}}"],
        "path": filled.strip("/").split("/"),
        "query": [{"key": name, "value": "", "disabled": True} for name in queries],
    }


def _script(operation: dict[str, Any]) -> list[str]:
    documented = [int(status) for status in operation["responses"] if status.isdigit()]
    known = f"pm.expect(pm.response.code).to.be.oneOf({documented})"
    lines = [f'pm.test("the status is documented", () => {known});']
    for variable, source in _KEEPS.get(operation["operationId"], {}).items():
        keep = f'pm.collectionVariables.set("{variable}", pm.response.json().{source})'
        lines.append(f"if (pm.response.code < 300) {keep};")
    return lines


def _pairs(values: dict[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in values.items()]
