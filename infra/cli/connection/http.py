"""Requests to the API as an operator or a partner, with errors that are told apart."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from infra.cli.errors import Refused, Unreachable
from infra.http.client import JsonClient, NoReply, Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

BASE = "/api/v1"
KEY = "Idempotency-Key"


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
    _client: JsonClient = field(init=False)
    _identity: Mapping[str, str] | None = None
    _signing_in: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._client = JsonClient(self.url)

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
        self,
        method: str,
        path: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        *,
        is_repeatable: bool = False,
    ) -> Answer:
        """Reads, requests with an idempotency key and what ``is_repeatable`` are tried again while
        the API is away or throttles. Raises Refused or Unreachable.
        """
        again = is_repeatable or method == "GET" or KEY in (headers or {})
        identity = self._identified()
        reply = self._send(method, path, body, {**identity, **(headers or {})}, again=again)
        if reply.status == HTTPStatus.UNAUTHORIZED and "Authorization" in identity:
            identity = self._identified(instead_of=identity)
            reply = self._send(method, path, body, {**identity, **(headers or {})}, again=again)
        return _read(reply)

    def _identified(self, instead_of: Mapping[str, str] | None = None) -> Mapping[str, str]:
        with self._signing_in:
            if self._identity is None or self._identity is instead_of:
                self._identity = self.sign_in()
            return self._identity

    def _send(
        self, method: str, path: str, body: object, headers: Mapping[str, str], *, again: bool
    ) -> Reply:
        try:
            return self._client(method, BASE + path, body, headers, is_repeatable=again)
        except NoReply as error:
            message = f"{self.url} does not answer: {error}."
            raise Unreachable(message) from error


def _read(reply: Reply) -> Answer:
    if reply.is_good:
        is_replay = reply.headers.get("Idempotent-Replayed") == "true"
        return Answer(reply.document, reply.headers.get("ETag"), is_replay)
    problem = reply.document if isinstance(reply.document, dict) else {}
    if reply.is_for_a_moment:
        raise Unreachable(str(problem.get("detail") or f"HTTP {reply.status}"))
    raise Refused.of(problem)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
