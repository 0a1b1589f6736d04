"""What the merge leaves to do: headers, open routes, and components that nothing names."""

import json
from collections.abc import Iterator
from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Route

from infra.openapi.operations import header_parameters
from offers.entrypoints.http.documentation import documentation_of

Document = dict[str, Any]
REFERENCE = '"#/components/schemas/{}"'


def finish(document: Document, routes: list[Route]) -> Document:
    """The complete document."""
    for route in routes:
        _finish_operation(document["paths"][route.openapi_path][route.method.lower()], route)
    _drop_unused_schemas(document)
    return document


def _finish_operation(operation: Document, route: Route) -> None:
    documentation = documentation_of(route.func)
    if documentation is None:
        return
    scheme = documentation.security
    operation["security"] = [] if scheme is None else [{scheme: []}]
    extra = header_parameters(documentation)
    if extra:
        operation["parameters"] = [*operation.get("parameters", []), *extra]


def _drop_unused_schemas(document: Document) -> None:
    schemas = document.get("components", {}).get("schemas", {})
    while unused := list(_unused(document, schemas)):
        for name in unused:
            del schemas[name]


def _unused(document: Document, schemas: Document) -> Iterator[str]:
    text = json.dumps(document)
    return (name for name in schemas if REFERENCE.format(name) not in text)
