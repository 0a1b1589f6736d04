"""API Gateway's REST API: SAM CLI's service for routes, events and answers, ours for the rest."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import request

from infra.local.gateway import headers
from infra.local.gateway.api_keys import HEADER, ApiKeys
from infra.local.gateway.client_limits import ClientLimits, rate_rules
from infra.local.gateway.refusals import Refusal, RefusalTexts, Refused
from infra.local.ports import HOST
from infra.local.progress import Say, silent
from infra.local.template.sam_cli import (
    Cors,
    InvalidProxyResponse,
    LambdaAuthorizer,
    LocalApigwService,
    Route,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response

    from infra.local.gateway.authorizers import Authorizers
    from infra.local.runtime.lambda_runtime import LambdaRuntime
    from infra.local.template.model import ApiSpec

MAX_BODY_BYTES = 10 * 1024 * 1024
"""API Gateway's limit for a payload."""


class _NoRunner:
    """SAM CLI's service asks its runner this when it is made; it never invokes through it here."""

    def is_debugging(self) -> bool:
        return False


@dataclass(frozen=True)
class Gateway:
    """What a request meets on its way to its function, in API Gateway's order."""

    spec: ApiSpec
    runtime: LambdaRuntime
    keys: ApiKeys
    authorizers: Authorizers
    say: Say = silent
    """Gets one line for each request."""
    texts: RefusalTexts = field(init=False)
    limits: ClientLimits = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "limits", ClientLimits(tuple(rate_rules(self.spec.web_acl))))
        object.__setattr__(self, "texts", RefusalTexts(self.spec.responses))

    def refuse(self, refusal: Refusal, request_id: str) -> Response:
        """The answer to the present request, worded by the template."""
        context = {
            "requestId": request_id,
            "extendedRequestId": request_id,
            "path": request.path,
            "httpMethod": request.method,
            "identity.sourceIp": request.remote_addr,
        }
        return self.texts.render(refusal, context, request.headers.get("Accept", ""))


class GatewayService(LocalApigwService):  # type: ignore[misc]  # SAM CLI publishes no types
    """SAM CLI's service with its request handler replaced."""

    def __init__(self, gateway: Gateway, port: int) -> None:
        super().__init__(api=gateway.spec.sam_api, lambda_runner=_NoRunner(), port=port, host=HOST)
        self.gateway = gateway

    def _construct_error_handling(self) -> None:
        """Unknown paths and methods are ``Missing Authentication Token``, as in API Gateway."""
        for status in (404, 405):
            self._app.register_error_handler(status, self._not_found)
        self._app.register_error_handler(500, self._failed)
        self._app.before_request(self._limit)
        self._app.url_map.merge_slashes = False  # API Gateway does not redirect //path to /path

    def _limit(self) -> Response | None:
        """AWS WAF stands before the API: it counts whatever comes, unknown paths too."""
        if self.gateway.limits.admits(str(request.remote_addr), request.path):
            return None
        return self.gateway.refuse(Refusal.WAF_FILTERED, str(uuid.uuid4()))

    def _not_found(self, _: Exception) -> Response:
        request_id = str(uuid.uuid4())
        response = self.gateway.refuse(Refusal.MISSING_AUTHENTICATION_TOKEN, request_id)
        self._tell(response, request_id, time.monotonic())
        return response

    def _failed(self, _: Exception) -> Response:
        return self.gateway.refuse(Refusal.BAD_PROXY_RESPONSE, str(uuid.uuid4()))

    def _request_handler(self, **_: Any) -> Response:
        request_id, started = str(uuid.uuid4()), time.monotonic()
        try:
            response = self._handle(request_id)
        except Refused as refused:
            response = self.gateway.refuse(refused.refusal, request_id)
        self._tell(response, request_id, started)
        return response

    def _tell(self, response: Response, request_id: str, started: float) -> None:
        method, endpoint = self.get_request_methods_endpoints(request)
        route = self._dict_of_routes.get(self._route_key(method, endpoint))
        function = route.function_name if route else "-"
        took = f"{(time.monotonic() - started) * 1000:.0f} ms"
        what = f"{request.method} {request.path} {response.status_code}"
        self.gateway.say(f"{datetime.now():%H:%M:%S} {what} {took} {function} {request_id}")  # noqa: DTZ005  # the terminal's time

    def _handle(self, request_id: str) -> Response:
        headers.keep_last(request.environ)
        route = self._route()
        if request.method == "OPTIONS" and self.api.cors:
            return self._preflight(route)
        if (request.content_length or 0) > MAX_BODY_BYTES:
            raise Refused(Refusal.REQUEST_TOO_LARGE)
        event = self._event(route, request_id)
        self._authorize(route, event)
        self._check_key(route, event)
        invocation = self.gateway.runtime.invoke(route.function_name, event)
        if invocation.error:
            raise Refused(Refusal.BAD_PROXY_RESPONSE)
        return self._response(route, invocation.payload)

    def _route(self) -> Route:
        method, endpoint = self.get_request_methods_endpoints(request)
        route = self._dict_of_routes.get(self._route_key(method, endpoint))
        if route is None:  # werkzeug adds HEAD to every GET; API Gateway does not
            raise Refused(Refusal.MISSING_AUTHENTICATION_TOKEN)
        return route

    def _preflight(self, route: Route) -> Response:
        """What the template's Cors says, whoever asks: API Gateway's mock method."""
        answered = Cors.cors_to_headers(self.api.cors, None, route.event_type)
        response: Response = self.service_response("", answered, HTTPStatus.OK)
        return response

    def _event(self, route: Route, request_id: str) -> dict[str, Any]:
        method, endpoint = self.get_request_methods_endpoints(request)
        try:
            event: dict[str, Any] = self._generate_lambda_event(request, route, method, endpoint)
        except UnicodeDecodeError as error:
            raise Refused(Refusal.BAD_REQUEST_BODY) from error
        event["requestContext"]["requestId"] = request_id
        event["requestContext"]["extendedRequestId"] = request_id
        event["requestContext"]["identity"]["userAgent"] = request.headers.get("User-Agent")
        event.update(headers.as_event(request.environ))
        for name, value in self._forwarded().items():
            event["headers"][name] = value
            event["multiValueHeaders"][name] = [value]
        return event

    def _forwarded(self) -> dict[str, Any]:
        return {
            "X-Forwarded-For": request.remote_addr,
            "X-Forwarded-Proto": request.scheme,
            "X-Forwarded-Port": str(self.port),
        }

    def _authorize(self, route: Route, event: Mapping[str, Any]) -> None:
        authorizer = route.authorizer_object
        if not isinstance(authorizer, LambdaAuthorizer):
            return
        if not self._valid_identity_sources(request, route):
            raise Refused(Refusal.UNAUTHORIZED)
        asked = self._generate_lambda_authorizer_event(request, route, authorizer)
        context = self.gateway.authorizers.authorize(authorizer, asked)
        event["requestContext"]["authorizer"] = context

    def _check_key(self, route: Route, event: Mapping[str, Any]) -> None:
        if (request.method, route.path) in self.gateway.spec.key_routes:
            value = request.headers.get(HEADER)
            key_id = self.gateway.keys.admit(value)
            event["requestContext"]["identity"].update(apiKey=value, apiKeyId=key_id)

    def _response(self, route: Route, payload: str) -> Response:
        try:
            status, answered, body = self._parse_v1_payload_format_lambda_output(
                payload, self.api.binary_media_types, request, route.event_type
            )
        except InvalidProxyResponse as error:
            raise Refused(Refusal.BAD_PROXY_RESPONSE) from error
        response: Response = self.service_response(body or "", answered, status)
        return response


def gateway_app(gateway: Gateway, port: int) -> Any:
    """The WSGI application that answers as the deployed API does."""
    service = GatewayService(gateway, port)
    service.create()
    return service._app
