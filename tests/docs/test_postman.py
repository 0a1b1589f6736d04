"""The Postman collection has a request for every operation of the API."""

from __future__ import annotations

import json
from typing import Any

from infra.openapi.postman import collection

OPENAPI: dict[str, Any] = {
    "info": {"title": "Things"},
    "paths": {
        "/auth/logout": {"post": {"operationId": "logout", "tags": ["auth"], "summary": "End"}},
        "/things/{thing_id}": {
            "put": {
                "operationId": "put_thing",
                "tags": ["things"],
                "summary": "Put",
                "security": [{"apiKey": []}],
                "parameters": [
                    {"name": "thing_id", "in": "path"},
                    {"name": "limit", "in": "query"},
                    {"name": "Idempotency-Key", "in": "header"},
                ],
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/T"}}}
                },
            }
        },
    },
    "components": {
        "schemas": {
            "T": {
                "properties": {"username": {}, "note": {"examples": ["Hi"]}, "other": {}},
                "required": ["username", "note"],
            }
        }
    },
}
for _path in OPENAPI["paths"].values():
    for _operation in _path.values():
        _operation["responses"] = {"200": {}, "404": {}}


def test_requests_are_filled_from_the_document() -> None:
    things, logout = json.loads(collection(OPENAPI))["item"]
    (put,) = things["item"]

    assert logout["name"] == "End", "signing out comes last"
    assert put["request"]["url"]["raw"] == "{{base_url}}/things/{{thing_id}}"
    assert put["request"]["auth"] == {"type": "noauth"}
    assert json.loads(put["request"]["body"]["raw"]) == {"username": "{{username}}", "note": "Hi"}
    headers = {header["key"]: header["value"] for header in put["request"]["header"]}
    assert headers["x-api-key"] == "{{api_key}}"
    assert headers["Idempotency-Key"] == "{{$guid}}"
    assert "[200, 404]" in put["event"][0]["script"]["exec"][0]
