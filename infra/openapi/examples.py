"""Values that a request may hold, from the document's schemas and their examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_BY_FORMAT: dict[str, Any] = {
    "uuid": "01900000-0000-7000-8000-0000000000a1",
    "date-time": "2026-01-02T03:04:05Z",
    "string": "text",
    "integer": 1,
    "number": 1,
    "boolean": True,
    "array": [],
}


def example(
    openapi: Mapping[str, Any],
    schema: Mapping[str, Any],
    named: Mapping[str, str],
    name: str = "",
) -> Any:
    """``named`` has a value of that name, else it is the schema's own example, else built up from
    what its properties must hold."""
    if name in named:
        return named[name]
    if "$ref" in schema:
        referred = openapi["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return example(openapi, referred, named, name)
    if schema.get("examples"):
        return _filled(schema["examples"][0], named)
    if "properties" not in schema:
        return _of_kind(schema)
    properties = schema["properties"]
    needed = schema.get("required") or list(properties)[:1]
    return {key: example(openapi, properties[key], named, key) for key in needed}


def _filled(found: Any, named: Mapping[str, str]) -> Any:
    if not isinstance(found, dict):
        return found
    return {key: named.get(key, value) for key, value in found.items()}


def _of_kind(schema: Mapping[str, Any]) -> Any:
    kinds = [schema, *schema.get("anyOf", [])]
    if choices := [kind["enum"][0] for kind in kinds if kind.get("enum")]:
        return choices[0]
    words = [word for kind in kinds for word in (kind.get("format"), kind.get("type")) if word]
    return next((_BY_FORMAT[word] for word in words if word in _BY_FORMAT), {})
