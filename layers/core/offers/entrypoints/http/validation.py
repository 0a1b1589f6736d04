"""Checks path, query and body against the handler's annotations, which the OpenAPI document is made
from too.

Powertools' own middleware also parses headers, cookies and forms and validates every answer; that
costs a status poll more than its one Redis round trip is allowed to. This one uses the same
parameter model and stops there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Route
from aws_lambda_powertools.event_handler.openapi.compat import ModelField
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent

from offers.entrypoints.http.query_text import form_of, strangers
from offers.entrypoints.http.request_errors import FieldError, ValidationFailed

_MAX_ERRORS = 20
_MAX_LOCATION = 200
_PREFIX = "Value error, "


def valid_arguments(
    route: Route, path: re.Match[str], event: APIGatewayProxyEvent
) -> dict[str, Any]:
    """What to call the route's handler with. Raises ValidationFailed, and MalformedJson for a body
    that it wants."""
    dependant = route.dependant
    arguments: dict[str, Any] = {}
    errors = [
        *_take(dependant.path_params, "path", path.groupdict(), arguments),
        *_take_query(dependant.query_params, event.raw_event, arguments),
    ]
    for field in dependant.body_params:
        errors += _take([field], "body", {field.alias: event.json_body}, arguments)
    if errors:
        raise ValidationFailed(*errors[:_MAX_ERRORS])
    return arguments


def _take_query(
    fields: list[ModelField], event: Mapping[str, Any], arguments: dict[str, Any]
) -> list[FieldError]:
    given = event.get("queryStringParameters") or {}
    every = event.get("multiValueQueryStringParameters") or {n: (t,) for n, t in given.items()}
    errors = list(strangers(every, {field.alias for field in fields})) if every else []
    for field in fields:
        form = form_of(field.field_info.annotation)  # type: ignore[arg-type]  # classes are hashable
        text = given.get(field.alias)
        if form is not None and text is not None and not form.accepts(text):
            errors.append(FieldError(f"query.{field.alias}", form.message, form.code))
    return errors or _take(fields, "query", given, arguments)


def _take(
    fields: Iterable[ModelField], place: str, given: Mapping[str, Any], arguments: dict[str, Any]
) -> list[FieldError]:
    errors: list[FieldError] = []
    for field in fields:
        location = (place,) if place == "body" else (place, field.alias)
        value = given.get(field.alias)
        if value is not None:
            arguments[field.name], found = field.validate(value, loc=location)
            errors += map(_field_error, found or ())
        elif field.required:
            errors.append(FieldError(".".join(location), "This field is required.", "missing"))
        else:
            arguments[field.name] = field.field_info.default  # immutable: need not be copied
    return errors


def _field_error(error: Mapping[str, Any]) -> FieldError:
    location = ".".join(map(str, error["loc"]))[:_MAX_LOCATION]
    return FieldError(location, error["msg"].removeprefix(_PREFIX), error["type"])
