"""What API Gateway answers by itself, worded by the template's GatewayResponses.

https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Response

from infra.local.template.model import GatewayResponse

if TYPE_CHECKING:
    from collections.abc import Mapping

SERVER_ERROR = 500
DEFAULT_TEMPLATE = '{"message":$context.error.messageString}'
VARIABLE = re.compile(r"\$context\.([A-Za-z.]+)")


class Refusal(Enum):
    """The response types this gateway gives, with API Gateway's own status and message."""

    MISSING_AUTHENTICATION_TOKEN = (403, "Missing Authentication Token")
    UNAUTHORIZED = (401, "Unauthorized")
    ACCESS_DENIED = (403, "User is not authorized to access this resource")
    INVALID_API_KEY = (403, "Forbidden")
    WAF_FILTERED = (403, "Forbidden by the web ACL")
    THROTTLED = (429, "Too Many Requests")
    REQUEST_TOO_LARGE = (413, "Request Too Long")
    BAD_REQUEST_BODY = (400, "Invalid request body")
    AUTHORIZER_FAILURE = (500, "Internal server error")
    AUTHORIZER_CONFIGURATION_ERROR = (500, "Authorizer configuration error")
    BAD_PROXY_RESPONSE = (502, "Internal server error")
    """API Gateway has no type for a function that failed: it takes DEFAULT_5XX."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        self.message = message


class Refused(Exception):
    """Ends a request before or instead of its function's answer."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


@dataclass(frozen=True)
class RefusalTexts:
    """Renders refusals as the template's GatewayResponses say."""

    responses: Mapping[str, GatewayResponse]

    def render(self, refusal: Refusal, context: Mapping[str, Any], accept: str) -> Response:
        """``context`` holds $context's values by their dotted names (requestId, path)."""
        values = {
            **context,
            "error.message": refusal.message,
            "error.messageString": json.dumps(refusal.message),
            "error.responseType": refusal.name,
        }
        found = self._response(refusal)
        status = found.status if found and found.status else refusal.status
        media_type, template = _template(found, accept)
        response = Response(_fill(template, values), status, content_type=media_type)
        for name, source in (found.headers if found else {}).items():
            if name != "Strict-Transport-Security":  # there is no TLS on this machine
                response.headers[name] = _header(source, values)
        return response

    def _response(self, refusal: Refusal) -> GatewayResponse | None:
        default = "DEFAULT_5XX" if refusal.status >= SERVER_ERROR else "DEFAULT_4XX"
        if exact := self.responses.get(refusal.name):
            return exact
        fallback = self.responses.get(default)
        if fallback is None or refusal is Refusal.BAD_PROXY_RESPONSE:
            return fallback
        return GatewayResponse(refusal.status, fallback.headers, fallback.templates)


def _template(response: GatewayResponse | None, accept: str) -> tuple[str, str]:
    templates = dict(response.templates) if response else {}
    if not templates:
        return "application/json", DEFAULT_TEMPLATE
    for media_type, template in templates.items():
        if media_type in accept:
            return media_type, template
    default = "application/json" if "application/json" in templates else next(iter(templates))
    return default, templates[default]


def _fill(template: str, values: Mapping[str, Any]) -> str:
    return VARIABLE.sub(lambda found: str(values.get(found[1], "")), template)


def _header(source: str, values: Mapping[str, Any]) -> str:
    """``'static text'`` or ``context.name``."""
    if source.startswith("context."):
        return str(values.get(source.removeprefix("context."), ""))
    return source.strip("'")
