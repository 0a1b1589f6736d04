"""A Powertools application that answers the shortest way.

Routes, parameters and the OpenAPI document are Powertools'. Its ``resolve`` is not: middlewares,
exception handlers, CORS, compression and serializers, for answers that need none of them, cost a
status poll a fifth of its time (docs/decisions/0006-warm-requests.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import (
    APIGatewayRestResolver,
    BaseRouter,
    Response,
    Route,
)
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent

from offers.domain.errors import DomainError
from offers.entrypoints import telemetry
from offers.entrypoints.http import bodies
from offers.entrypoints.http.answers import Answer, problem
from offers.entrypoints.http.incoming import path, request_id
from offers.entrypoints.http.problems import problem_of
from offers.entrypoints.http.request_errors import RouteNotFound
from offers.entrypoints.http.single_headers import require_single
from offers.entrypoints.http.validation import valid_arguments


class App(APIGatewayRestResolver):
    """Routes with our validation and problem documents; ``tag`` groups them in the docs."""

    def __init__(self, tag: str, *, ignores_body: bool = False) -> None:
        super().__init__()
        self.tag = tag
        self._ignores_body = ignores_body

    @property
    def routes(self) -> list[Route]:
        """Every route of this function."""
        return [*self._static_routes, *self._dynamic_routes]

    def resolve(self, event: Mapping[str, Any], context: Any) -> dict[str, Any]:
        """Call the route with valid arguments; its answer, or the problem document of whatever it
        raised."""
        BaseRouter.current_event = APIGatewayProxyEvent(event, bodies.json_object)  # type: ignore[arg-type]  # it copies nothing and changes nothing
        BaseRouter.lambda_context = context
        try:
            require_single(event)
            return written(self._answer(BaseRouter.current_event))
        except Exception as error:  # noqa: BLE001  # the edge: every error becomes a problem document
            return written(refusal(error))

    def _answer(self, event: APIGatewayProxyEvent) -> Response[str]:
        for route in self.routes:
            if route.method == event.http_method and (match := route.rule.match(path())):
                if not self._ignores_body:
                    bodies.require_acceptable(event)
                answer: Response[str] = route.func(**valid_arguments(route, match, event))
                return answer
        raise RouteNotFound


def refusal(error: Exception, **extension: Any) -> Answer:
    """The problem document of an exception, logged with its stack if it is nobody's fault but
    ours."""
    described = problem_of(error, path(), request_id())
    if described.status == HTTPStatus.INTERNAL_SERVER_ERROR:  # no rule asks for this one
        telemetry.logger.error("unexpected error", exc_info=error)
    elif described.status > HTTPStatus.INTERNAL_SERVER_ERROR:  # its cause tells what is away
        telemetry.logger.warning("unavailable: %s", error.__cause__ or error)
    elif isinstance(error, DomainError):
        telemetry.logger.info("refused: %s", error.code)
    return problem(described, extension)


def written(answer: Response[str]) -> dict[str, Any]:
    """The answer as API Gateway reads it."""
    return {
        "statusCode": answer.status_code,
        "body": answer.body,
        "isBase64Encoded": False,
        "multiValueHeaders": {name: [value] for name, value in answer.headers.items()},
    }
