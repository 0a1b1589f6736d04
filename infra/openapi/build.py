"""Merges the handlers' descriptions into one document."""

from __future__ import annotations

import importlib.util
import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.event_handler.openapi.merge import OpenAPIMerge

from infra.openapi import finish, operations
from infra.openapi.handlers import routed_files
from offers.entrypoints.http.rest import App
from offers.entrypoints.pages.openapi_document import TITLE

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler.api_gateway import Route

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "layers/core/offers/entrypoints/pages/openapi.json"
DESCRIPTION = """\
Sign in, browse offers, activate one and follow its status.

Amounts are decimal strings, times RFC 3339 in UTC, ids UUIDs. Errors are problem documents
(RFC 9457) with a stable `code`. Query parameters that an operation does not name, or that come
twice, are 422; numbers in them are digits only, booleans `true` or `false`. Lists have a
`next_cursor`. Send an `Idempotency-Key` with whatever moves money."""
SECURITY_SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "apiKey": {"type": "apiKey", "in": "header", "name": "x-api-key"},
}


def build(template: Path = ROOT / "template.yaml") -> str:
    """The document's JSON text, with a line break at its end."""
    merge = OpenAPIMerge(
        title=TITLE,
        version=_version(),
        description=DESCRIPTION,
        security_schemes=SECURITY_SCHEMES,  # type: ignore[arg-type]  # plain dictionaries pass through
        on_conflict="error",
    )
    routes: list[Route] = []
    for file in routed_files(template):
        app = load_app(file)
        included = documented_routes(app)
        for route in included:
            operations.describe(route, app.tag)
        if included:
            merge.add_schema(_schema(app))
        routes += included
    document = finish.finish(merge.get_openapi_schema(), routes)
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def documented_routes(app: App) -> list[Route]:
    """One route per handler: where it has several, the shortest path is the one to tell."""
    by_handler: dict[str, Route] = {}
    for route in sorted(app.routes, key=lambda route: len(route.path)):
        if route.include_in_schema:
            first = by_handler.setdefault(route.func.__name__, route)
            route.include_in_schema = route is first
    return list(by_handler.values())


def load_app(file: Path) -> App:
    """Import a handler's module as Lambda would, under a name of its own."""
    name = f"_openapi_{file.parent.name}_{file.stem}"
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        message = f"cannot import {file}"
        raise ImportError(message)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    app = module.app
    if not isinstance(app, App):
        message = f"{file}: app is not made by rest.app()"
        raise TypeError(message)
    return app


def _schema(app: App) -> dict[str, Any]:
    schema: dict[str, Any] = app.get_openapi_schema().model_dump(
        by_alias=True, exclude_none=True, mode="json"
    )
    return schema


def _version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])
