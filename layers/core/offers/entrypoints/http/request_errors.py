"""Faults of the request itself, found before any rule of the domain is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong where: ``location`` is a path such as ``body.offer_id`` or ``query.limit``."""

    location: str
    message: str
    code: str


class RequestError(Exception):
    """The caller must change the request. ``code`` never changes; the message is shown to the
    caller."""

    code: ClassVar[str]


class MalformedJson(RequestError):
    """``reason`` completes the sentence: what the body is not, or has."""

    code = "malformed_json"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The body is not JSON that this API reads: {reason}.")


class RepeatedHeader(RequestError):
    """Two values where one counts: nobody can say which was meant (RFC 9110 §5.3)."""

    code = "repeated_header"

    def __init__(self, name: str) -> None:
        super().__init__(f"Send {name} once.")


class UnsupportedMediaType(RequestError):
    code = "unsupported_media_type"

    def __init__(self) -> None:
        super().__init__("Send the body as application/json.")


class BodyTooLarge(RequestError):
    code = "body_too_large"

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(f"The body may have at most {limit_bytes} bytes.")


class RouteNotFound(RequestError):
    code = "route_not_found"

    def __init__(self) -> None:
        super().__init__("There is nothing at this path with this method.")


class PreconditionRequired(RequestError):
    """A change that could undo somebody else's came without If-Match (RFC 6585 §3)."""

    code = "precondition_required"

    def __init__(self) -> None:
        super().__init__("Send If-Match with the ETag of the version that you changed.")


class ValidationFailed(RequestError):
    """At least one field is missing, unknown, of the wrong type or out of range."""

    code = "validation_failed"

    def __init__(self, *errors: FieldError) -> None:
        super().__init__("The request has invalid fields.")
        self.errors = errors
