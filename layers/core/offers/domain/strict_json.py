"""JSON from outside, read strictly: what two readers could understand differently is refused.

RFC 8259 leaves open what an object with the same name twice means (§4), how large or precise a
number may be (§6), and whether a lone surrogate is text (§8.2). I-JSON (RFC 7493) settles all three
by refusing them, and so does this reader; it also bounds the depth.
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

MAX_DEPTH = 64
"""Nothing that is sent to us goes deeper than five."""
MAX_NUMBER_LENGTH = 1000
"""Characters; Python's own limit differs by version and setting."""

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")


class NotStrictJson(ValueError):
    """Why a text is refused, in words for whoever sent it; never quotes it."""


def read(text: str | bytes) -> Any:
    """The document. Raises NotStrictJson."""
    try:
        decoded = text if isinstance(text, str) else text.decode("utf-8")
        _require_shallow(decoded)
        document = json.loads(
            decoded,
            object_pairs_hook=_object,
            parse_constant=_no_number,
            parse_float=_float,
            parse_int=_int,
        )
        if _SURROGATE.search(decoded):
            json.dumps(document, ensure_ascii=False).encode()
    except NotStrictJson:
        raise
    except UnicodeError as error:
        message = "not text in UTF-8"
        raise NotStrictJson(message) from error
    except (ValueError, RecursionError) as error:
        message = "not JSON"
        raise NotStrictJson(message) from error
    return document


def read_object(text: str | bytes) -> dict[str, Any]:
    """Likewise, with an object at the top. Raises NotStrictJson."""
    document = read(text)
    if not isinstance(document, dict):
        message = "not a JSON object"
        raise NotStrictJson(message)
    return document


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        message = "an object has the same name twice"
        raise NotStrictJson(message)
    return members


def _require_shallow(text: str) -> None:
    """Before it is parsed, so that the interpreter's own limit never decides."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for mark in re.findall(r"[\[\]{}]", _STRING.sub("", text)):
        depth += 1 if mark in "[{" else -1
        if depth > MAX_DEPTH:
            message = f"nested deeper than {MAX_DEPTH}"
            raise NotStrictJson(message)


def _no_number(name: str) -> NoReturn:
    message = f"{name} is no number in JSON"
    raise NotStrictJson(message)


def _int(digits: str) -> int:
    _require_short(digits)
    return int(digits)


def _float(digits: str) -> float:
    _require_short(digits)
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        message = "a number is too large"
        raise NotStrictJson(message)
    return number


def _require_short(digits: str) -> None:
    if len(digits) > MAX_NUMBER_LENGTH:
        message = f"a number is longer than {MAX_NUMBER_LENGTH} characters"
        raise NotStrictJson(message)
