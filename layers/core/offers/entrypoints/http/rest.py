"""REST handlers: everything a function under API Gateway needs, so that the handler itself only
translates.

A complete handler stands in functions/activation/activate_offer.py: the first line of its docstring
is the summary in the OpenAPI document, the rest its description.

Path parameters are handler parameters of the same name (``<offer_id>`` and ``offer_id: UUID``);
query parameters are handler parameters with a default (``limit: rest.Limit = rest.DEFAULT_LIMIT,
cursor: rest.Cursor = None``); a list ends in ``rest.page(documents, page.next)`` after
``rest.page_request(limit, cursor)``. Raise any DomainError: ``problems`` knows its status. Nothing
a handler raises reaches the caller as anything but a problem document.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.utilities.typing import LambdaContext

from offers.entrypoints import telemetry
from offers.entrypoints.http import browsers
from offers.entrypoints.http.answers import (
    PUBLIC,
    REVALIDATE,
    Answer,
    accepted,
    created,
    no_content,
    ok,
    page,
    prepared,
    problem,
    unavailable,
)
from offers.entrypoints.http.application import App, refusal, written
from offers.entrypoints.http.caller import (
    api_key_id,
    caller,
    idempotency_key,
)
from offers.entrypoints.http.conditional import client_has, entity_tag, is_no_news, seen_versions
from offers.entrypoints.http.cursors import page_request
from offers.entrypoints.http.documentation import documents
from offers.entrypoints.http.incoming import header, id_of, source_ip
from offers.entrypoints.http.problems import problem_of

__all__ = [
    "DEFAULT_LIMIT",
    "PUBLIC",
    "REVALIDATE",
    "Answer",
    "App",
    "Cursor",
    "Limit",
    "accepted",
    "api_key_id",
    "app",
    "caller",
    "client_has",
    "created",
    "documents",
    "entity_tag",
    "handler",
    "header",
    "idempotency_key",
    "is_no_news",
    "no_content",
    "ok",
    "page",
    "page_request",
    "prepared",
    "refusal",
    "seen_versions",
    "source_ip",
    "unavailable",
]

DEFAULT_LIMIT = 20
Limit = Annotated[
    int, Query(ge=1, le=100, description="How many items a page has at most.", examples=[20])
]
Cursor = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=2048,
        description="`next_cursor` of the page before, with the same filters and caller.",
    ),
]

Handler = Callable[[dict[str, Any], LambdaContext], dict[str, Any]]


def app(tag: str, *, ignores_body: bool = False) -> App:
    """A new application for one function; ``ignores_body`` lets bodies of any kind pass unread."""
    return App(tag, ignores_body=ignores_body)


def handler(application: App) -> Handler:
    """The Lambda handler: resolves, never raises, and leaves one line of log and metrics behind."""
    for route in application.routes:
        route.dependant  # noqa: B018  # builds the validators now (SnapStart keeps them), not per request

    def handle(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        started = perf_counter()
        gateway_id = id_of(event)
        telemetry.begin(gateway_id, context)
        try:
            response = application.resolve(event, context)
        except Exception as error:  # noqa: BLE001  # the edge: nothing may leave but a problem document
            response = _last_resort(error, gateway_id)
        answered = response.setdefault("multiValueHeaders", {})
        answered.update(browsers.headers(event), **{"X-Request-Id": [gateway_id]})
        telemetry.request_served(event, response["statusCode"], perf_counter() - started)
        return response

    return handle


def _last_resort(error: Exception, gateway_id: str) -> dict[str, Any]:
    telemetry.logger.error("could not answer", exc_info=error)
    return written(problem(problem_of(RuntimeError(), "", gateway_id)))
