"""What the current HTTP request says: who calls, from where, with which headers.

Powertools keeps the current event on its router class, which is safe because one execution
environment handles one event at a time; these functions read it there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import APIGatewayRestResolver
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent


def event() -> APIGatewayProxyEvent:
    """The event being handled."""
    return APIGatewayRestResolver.current_event


def header(name: str) -> str | None:
    """A request header by its case-insensitive name."""
    wanted = name.lower()
    headers = event().raw_event.get("headers") or {}
    return next((value for given, value in headers.items() if given.lower() == wanted), None)


def header_lines(name: str) -> list[str]:
    """Every value of a header that is a list, which may come in several lines (RFC 9110 §5.3)."""
    wanted = name.lower()
    headers = event().raw_event.get("multiValueHeaders") or {}
    return [
        value for given, values in headers.items() if given.lower() == wanted for value in values
    ]


def path() -> str:
    """The path of the route, without what stands before it and without a trailing slash.

    Behind a domain with a base path the event's path has it too, so it is measured by the route
    that API Gateway found.
    """
    given = event().path.rstrip("/") or "/"
    depth = event().resource.rstrip("/").count("/")
    return "/" + "/".join(given.split("/")[-depth:]) if given.count("/") > depth > 0 else given


def mounted(location: str) -> str:
    """A path of this API as the client must write it: behind the stage or a domain's base path."""
    return public_path().rstrip("/").removesuffix(path()) + location


def public_path() -> str:
    """The path as the client wrote it: with the stage, where the URL has one."""
    return str(request_context().get("path") or event().path)


def request_id() -> str:
    """The gateway's id of this request, which every answer and log line carries."""
    return id_of(event().raw_event)


def id_of(raw_event: Mapping[str, Any]) -> str:
    """The id that API Gateway itself made; the other one, ``requestId``, a client may choose
    (docs/decisions/0110-nothing-of-the-callers-in-the-gateways-answers.md)."""
    return str((raw_event.get("requestContext") or {}).get("extendedRequestId") or "")


def source_ip() -> str:
    """The address the gateway saw; never a header that the client can write."""
    return str(request_context().get("identity", {}).get("sourceIp") or "")


def request_context() -> dict[str, Any]:
    """What the gateway knows about the request; empty if it says nothing."""
    context: dict[str, Any] = event().raw_event.get("requestContext") or {}
    return context
