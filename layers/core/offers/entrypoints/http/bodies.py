"""Request bodies: JSON objects in UTF-8 of limited size, or a precise refusal."""

from __future__ import annotations

import base64
from typing import Any

from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from offers.domain import strict_json
from offers.entrypoints.http.request_errors import (
    BodyTooLarge,
    FieldError,
    MalformedJson,
    UnsupportedMediaType,
    ValidationFailed,
)

MAX_BODY_BYTES = 64 * 1024
"""The largest body any route needs is a few hundred bytes; API Gateway itself would pass 10 MB."""


def json_object(text: str) -> dict[str, Any]:
    """Parse strictly (``strict_json`` says what that means), with an object at the top.

    Raises MalformedJson or ValidationFailed.
    """
    try:
        document = strict_json.read(text)
    except strict_json.NotStrictJson as error:
        raise MalformedJson(str(error)) from error
    if not isinstance(document, dict):
        raise ValidationFailed(FieldError("body", "Send a JSON object.", "object_type"))
    return document


def require_acceptable(event: BaseProxyEvent) -> None:
    """Raise BodyTooLarge, UnsupportedMediaType or MalformedJson (not UTF-8) for a body nobody
    should parse."""
    body = event.body
    if not body:
        return
    if _byte_length(body, is_base64=bool(event.is_base64_encoded)) > MAX_BODY_BYTES:
        raise BodyTooLarge(MAX_BODY_BYTES)
    if not _is_json(event.headers.get("Content-Type")):
        raise UnsupportedMediaType
    if event.is_base64_encoded:
        _require_utf8(body)


def _byte_length(body: str, *, is_base64: bool) -> int:
    if is_base64:
        return len(body) * 3 // 4
    if len(body) > MAX_BODY_BYTES:  # spares encoding what is too large in any encoding
        return len(body)
    return len(body.encode("utf-8", "surrogatepass"))


def _is_json(content_type: str | None) -> bool:
    """An absent type is taken for JSON (RFC 9110 §8.3 lets the recipient decide)."""
    if not content_type:
        return True
    media_type = content_type.partition(";")[0].strip().lower()
    is_suffixed = media_type.startswith("application/") and media_type.endswith("+json")
    return media_type == "application/json" or is_suffixed


def _require_utf8(body: str) -> None:
    try:
        base64.b64decode(body, validate=True).decode()
    except ValueError as error:
        reason = "not text in UTF-8"
        raise MalformedJson(reason) from error
