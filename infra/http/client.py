"""JSON there, JSON back."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import urllib3

from infra.http.retries import NEVER, REPEATABLE
from offers.domain import strict_json

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_CONNECTIONS = 32
TIMEOUT_SECONDS = 30.0


class NoReply(Exception):
    """Nobody answered, or what answered is not this API."""


@dataclass(frozen=True)
class Reply:
    """Any answer of the API; ``document`` is None when it is empty."""

    status: int
    headers: Mapping[str, str]
    document: Any

    @property
    def is_good(self) -> bool:
        """Neither the caller's fault nor the server's (RFC 9110 §15)."""
        return self.status < HTTPStatus.BAD_REQUEST

    @property
    def is_for_a_moment(self) -> bool:
        """Throttled, or a dependency is away: the same request may pass later."""
        return (
            self.status == HTTPStatus.TOO_MANY_REQUESTS
            or self.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        )


@dataclass(frozen=True)
class JsonClient:
    """Keeps its connections; may be used by many threads. Redirects are not followed."""

    url: str
    timeout_seconds: float = TIMEOUT_SECONDS
    pool: urllib3.PoolManager = field(
        default_factory=lambda: urllib3.PoolManager(maxsize=MAX_CONNECTIONS, block=True)
    )

    def __call__(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        *,
        is_repeatable: bool = False,
    ) -> Reply:
        """Try again if ``is_repeatable``: for some seconds, or as long as the answer asks.

        Raises NoReply.
        """
        content = None if body is None else json.dumps(body).encode()
        kind = {} if content is None else {"Content-Type": "application/json"}
        try:
            answer = self.pool.request(
                method,
                self.url.rstrip("/") + path,
                body=content,
                headers={"Accept": "application/json", **kind, **(headers or {})},
                timeout=self.timeout_seconds,
                retries=REPEATABLE if is_repeatable else NEVER,
            )
        except urllib3.exceptions.HTTPError as error:
            raise NoReply(_reason(error)) from error
        return _read(answer)


def _read(answer: urllib3.BaseHTTPResponse) -> Reply:
    try:
        document = strict_json.read(answer.data) if answer.data else None
    except ValueError as error:
        message = f"HTTP {answer.status} without JSON"
        raise NoReply(message) from error
    return Reply(answer.status, answer.headers, document)


def _reason(error: urllib3.exceptions.HTTPError) -> str:
    cause = getattr(error, "reason", None) or error
    return type(cause).__name__
