"""Answers: JSON written once, with the headers the contract promises for each kind."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler.api_gateway import Response
from pydantic_core import core_schema, to_json

from offers.entrypoints.http import cursors, incoming
from offers.entrypoints.http.conditional import client_has, tag_of_body
from offers.entrypoints.http.problems import Problem
from offers.ports.pages import Position

JSON = "application/json"
PROBLEM_JSON = "application/problem+json"
NO_STORE = "no-store"
"""Of everything personal."""
REVALIDATE = "private, no-cache"
"""Of what one caller may keep, if it asks each time whether it still holds."""

PUBLIC = "public, max-age=300"
"""Of what is the same for everybody and seldom changes."""

Document = Mapping[str, Any]
"""JSON-ready: the TypedDicts of ``schemas`` and nothing that needs an encoder."""


class Answer(Response[str]):
    """What a handler returns. Its body is written already, so Powertools neither validates nor
    encodes it."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> core_schema.AnySchema:
        """Handlers are annotated with this type; their documents are named by
        ``rest.documents``."""
        return core_schema.any_schema()


def ok(
    document: Document,
    *,
    etag: str | None = None,
    cache_control: str = NO_STORE,
    retry_after_seconds: int | None = None,
) -> Answer:
    """200, or 304 without a body if If-None-Match names ``etag``."""
    headers = {"Cache-Control": cache_control}
    if retry_after_seconds is not None:
        headers["Retry-After"] = str(retry_after_seconds)
    if etag is None:
        return _json(200, document, headers)
    headers["ETag"] = etag
    if client_has(etag):
        return Answer(304, headers=headers)
    return _json(200, document, headers)


def unavailable(document: Document, *, retry_after_seconds: int) -> Answer:
    """503 with a document of its own."""
    headers = {"Cache-Control": NO_STORE, "Retry-After": str(retry_after_seconds)}
    return _json(503, document, headers)


def accepted(
    document: Document,
    *,
    location: str,
    retry_after_seconds: int | None = None,
    etag: str | None = None,
    is_replay: bool = False,
) -> Answer:
    """202: committed, and followed at ``location``, whose present state ``etag`` names. A replay
    says so."""
    headers = {"Cache-Control": NO_STORE, "Location": incoming.mounted(location)}
    if retry_after_seconds is not None:
        headers["Retry-After"] = str(retry_after_seconds)
    if etag is not None:
        headers["ETag"] = etag
    if is_replay:
        headers["Idempotent-Replayed"] = "true"
    return _json(202, document, headers)


def created(
    document: Document, *, location: str, etag: str | None = None, is_replay: bool = False
) -> Answer:
    """201, to be found at ``location``. A replay says so."""
    headers = {"Cache-Control": NO_STORE, "Location": incoming.mounted(location)}
    if etag is not None:
        headers["ETag"] = etag
    if is_replay:
        headers["Idempotent-Replayed"] = "true"
    return _json(201, document, headers)


def no_content() -> Answer:
    """204: done, and nothing to tell."""
    return Answer(204, headers={"Cache-Control": NO_STORE})


def page(
    documents: Sequence[Document],
    next_position: Position | None,
    *,
    cache_control: str = NO_STORE,
    owner: str | None = None,
) -> Answer:
    """A list with the cursor of its next page, which RFC 8288's ``Link`` names too; 304 if the
    client has it. ``owner`` is whom ``page_request`` was given."""
    issued_for = cursors.scope(owner)
    cursor = None if next_position is None else cursors.encode(next_position, issued_for)
    body = _encode({"data": documents, "next_cursor": cursor})
    headers = {"Cache-Control": cache_control, "ETag": tag_of_body(body)}
    if cursor is not None:
        headers["Link"] = f'<{_next_page(cursor)}>; rel="next"'
    if client_has(headers["ETag"]):
        return Answer(304, headers=headers)
    return Answer(200, JSON, body, headers)


def prepared(
    body: str, content_type: str, *, cache_control: str, headers: Mapping[str, str] | None = None
) -> Answer:
    """A body made ahead, with the tag of its content; 304 if the client has it."""
    etag = tag_of_body(body)
    all_headers = {"Cache-Control": cache_control, "ETag": etag, **(headers or {})}
    if client_has(etag):
        return Answer(304, headers=all_headers)
    return Answer(200, content_type, body, all_headers)


def problem(described: Problem, extension: Document | None = None) -> Answer:
    """A problem document; ``extension`` adds members (RFC 9457 §3.2)."""
    body = json.dumps({**described.members, **(extension or {})}, separators=(",", ":"))
    return Answer(described.status, PROBLEM_JSON, body, described.headers)


def _json(status: int, document: Document, headers: dict[str, str]) -> Answer:
    return Answer(status, JSON, _encode(document), headers)


def _encode(document: Document) -> str:
    return to_json(document).decode()  # a quarter of json.dumps' time


def _next_page(cursor: str) -> str:
    query = {**(incoming.event().query_string_parameters or {}), "cursor": cursor}
    return f"{incoming.public_path()}?{urlencode(query, errors='replace')}"
