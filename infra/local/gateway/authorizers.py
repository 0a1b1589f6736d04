"""Lambda authorizers, with the cache that API Gateway puts before them."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from infra.local.gateway.refusals import Refusal, Refused
from infra.local.template.sam_cli import InvalidLambdaAuthorizerResponse, LambdaAuthorizer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infra.local.runtime.lambda_runtime import LambdaRuntime

CACHE_SIZE = 10_000


@dataclass
class Authorizers:
    """Asks an authorizer function about a token, at most once per TTL."""

    runtime: LambdaRuntime
    ttl_seconds: Mapping[str, int]
    cache: dict[tuple[str, str], tuple[float, str]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def authorize(self, authorizer: LambdaAuthorizer, event: Mapping[str, Any]) -> dict[str, Any]:
        """The authorizer's context with its principal. Raises Refused when it does not allow."""
        answer = self._answer(authorizer, event)
        try:
            allowed = authorizer.is_valid_response(answer, event["methodArn"])
            context: dict[str, Any] = authorizer.get_context(answer)
        except InvalidLambdaAuthorizerResponse as error:
            raise Refused(Refusal.AUTHORIZER_CONFIGURATION_ERROR) from error
        if not allowed:
            raise Refused(Refusal.ACCESS_DENIED)
        return {name: _as_text(value) for name, value in context.items()}

    def _answer(self, authorizer: LambdaAuthorizer, event: Mapping[str, Any]) -> str:
        ttl = self.ttl_seconds.get(authorizer.authorizer_name, 0)
        key = (authorizer.authorizer_name, str(event.get("authorizationToken")))
        with self.lock:
            expires_at, cached = self.cache.get(key, (0.0, ""))
        if ttl and expires_at > time.monotonic():
            return cached
        answer = self._ask(authorizer.lambda_name, event)
        if ttl:
            self._keep(key, time.monotonic() + ttl, answer)
        return answer

    def _ask(self, function_name: str, event: Mapping[str, Any]) -> str:
        """A function that raises ``Unauthorized`` says 401; any other failure is a 500."""
        invocation = self.runtime.invoke(function_name, event)
        if invocation.error:
            unauthorized = invocation.error.get("errorMessage") == "Unauthorized"
            raise Refused(Refusal.UNAUTHORIZED if unauthorized else Refusal.AUTHORIZER_FAILURE)
        return invocation.payload

    def _keep(self, key: tuple[str, str], expires_at: float, answer: str) -> None:
        with self.lock:
            if len(self.cache) >= CACHE_SIZE:
                self.cache.clear()
            self.cache[key] = (expires_at, answer)


def _as_text(value: Any) -> str:
    """API Gateway passes every context value on as a string."""
    return value if isinstance(value, str) else json.dumps(value)
