"""Cursors: opaque, and good only for the list, the filters and the caller they were issued to.

A cursor is a position in the caller's own list and a checksum over that position, the route, the
filters and the caller. It needs no key: a forged one could only name another position in the
forger's own list, and positions are bound as query parameters by whoever lists.
"""

from __future__ import annotations

import base64
import hashlib
import json

from offers.domain.errors.lists import InvalidCursor
from offers.entrypoints.http import incoming
from offers.ports.pages import PageRequest, Position

_CHECKSUM_BYTES = 9
_MAX_LENGTH = 2048
_PAGING = frozenset({"cursor", "limit"})


def page_request(limit: int, cursor: str | None, owner: str | None = None) -> PageRequest:
    """What the request asks for. Raises InvalidCursor for a foreign or damaged cursor."""
    return PageRequest(limit, None if cursor is None else decode(cursor, scope(owner)))


def scope(owner: str | None = None) -> str:
    """Route, filters and caller of the current request: the signed-in user unless an ``owner`` is
    named."""
    event = incoming.event()
    filters = {k: v for k, v in (event.query_string_parameters or {}).items() if k not in _PAGING}
    claims = incoming.request_context().get("authorizer") or {}
    return json.dumps([incoming.path(), filters, owner or claims.get("sub")], sort_keys=True)


def encode(position: Position, issued_for: str) -> str:
    """The cursor of a position in the list ``issued_for``; URL-safe characters only."""
    text = json.dumps(position, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_checksum(text, issued_for) + text).decode().rstrip("=")


def decode(cursor: str, presented_for: str) -> Position:
    """The position a cursor of this list names. Raises InvalidCursor for anything else."""
    if len(cursor) > _MAX_LENGTH:
        raise InvalidCursor
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        checksum, text = raw[:_CHECKSUM_BYTES], raw[_CHECKSUM_BYTES:]
        if checksum != _checksum(text, presented_for):
            raise InvalidCursor
        position = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidCursor from error
    if not isinstance(position, list) or not all(isinstance(part, str) for part in position):
        raise InvalidCursor
    return tuple(position)


def _checksum(text: bytes, issued_for: str) -> bytes:
    digest = hashlib.blake2s(text, digest_size=_CHECKSUM_BYTES)
    digest.update(b"\x00" + issued_for.encode("utf-8", "surrogatepass"))
    return digest.digest()
