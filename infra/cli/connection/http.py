"""Requests to the API, with connections that are kept and errors that are told apart."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import urllib3

from infra.cli.errors import Refused, Unreachable
from offers.domain import strict_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

BASE = "/api/v1"
MAX_CONNECTIONS = 32
TIMEOUT_SECONDS = 30.0
UNAUTHORIZED, TOO_MANY, SERVER_ERROR = 401, 429, 500


class RetryLater(Unreachable):
    """Throttled, or a dependency is away: worth another try after some seconds."""

    def __init__(self, message: str, after_seconds: float) -> None:
        super().__init__(message)
        self.after_seconds = after_seconds


@dataclass(frozen=True)
class Answer:
    """A good answer."""

    document: Any
    etag: str | None = None
    is_replay: bool = False
    """Whether it was given before, to the same request."""


@dataclass
class Api:
    """Calls below /api/v1. ``sign_in`` gives the headers that identify the caller; it is asked
    again once when they have expired, so that a long run outlives its access token.
    """

    url: str
    sign_in: Callable[[], Mapping[str, str]]
    pool: urllib3.PoolManager = field(
        default_factory=lambda: urllib3.PoolManager(
            maxsize=MAX_CONNECTIONS, block=True, retries=False, timeout=TIMEOUT_SECONDS
        )
    )
    _identity: Mapping[str, str] | None = None
    _signing_in: threading.Lock = field(default_factory=threading.Lock)

    def get(self, path: str, **query: object) -> Any:
        """The document."""
        given = {name: _text(value) for name, value in query.items() if value is not None}
        return self.call("GET", f"{path}?{urlencode(given)}" if given else path).document

    def post(self, path: str, body: object, **headers: str) -> Any:
        """The document of the answer."""
        return self.call("POST", path, body, headers).document

    def items(self, path: str, limit: int | None = None, **query: object) -> Iterator[Any]:
        """Everything in a list, page by page; at most ``limit`` items."""
        seen, cursor = 0, None
        while limit is None or seen < limit:
            size = 100 if limit is None else min(100, limit - seen)
            page = self.get(path, limit=size, cursor=cursor, **query)
            yield from page["data"]
            seen += len(page["data"])
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def call(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Raises Refused, RetryLater or Unreachable."""
        identity = self._identified()
        answer = self._send(method, path, body, {**identity, **(headers or {})})
        if answer.status == UNAUTHORIZED and "Authorization" in identity:
            identity = self._identified(instead_of=identity)
            answer = self._send(method, path, body, {**identity, **(headers or {})})
        return _read(answer)

    def _identified(self, instead_of: Mapping[str, str] | None = None) -> Mapping[str, str]:
        with self._signing_in:
            if self._identity is None or self._identity is instead_of:
                self._identity = self.sign_in()
            return self._identity

    def _send(
        self, method: str, path: str, body: object, headers: Mapping[str, str]
    ) -> urllib3.BaseHTTPResponse:
        content = None if body is None else json.dumps(body).encode()
        kind = {} if content is None else {"Content-Type": "application/json"}
        url = self.url.rstrip("/") + BASE + path
        try:
            return self.pool.request(method, url, body=content, headers={**kind, **headers})
        except urllib3.exceptions.HTTPError as error:
            message = f"{self.url} does not answer: {type(error).__name__}."
            raise Unreachable(message) from error


def _read(answer: urllib3.BaseHTTPResponse) -> Answer:
    try:
        document = strict_json.read(answer.data) if answer.data else None
    except ValueError as error:
        message = f"The answer is not from this API (HTTP {answer.status})."
        raise Unreachable(message) from error
    if answer.status < HTTPStatus.BAD_REQUEST:
        is_replay = answer.headers.get("Idempotent-Replayed") == "true"
        return Answer(document, answer.headers.get("ETag"), is_replay)
    problem = document if isinstance(document, dict) else {}
    if answer.status == TOO_MANY or answer.status >= SERVER_ERROR:
        detail = problem.get("detail") or f"HTTP {answer.status}"
        raise RetryLater(str(detail), float(answer.headers.get("Retry-After", 1)))
    raise Refused.of(problem)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
