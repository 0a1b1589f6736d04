"""What the OpenAPI document says about a handler beyond its annotations. Costs nothing when
serving."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from offers.domain.errors import DomainError

Handler = TypeVar("Handler", bound=Callable[..., Any])

_ATTRIBUTE = "__offers_documentation__"

BEARER: tuple[str, ...] = ("invalid_token", "unauthorized", "forbidden")
API_KEY: tuple[str, ...] = ("invalid_api_key", "quota_exceeded")
IfMatch = Literal["honoured", "required"]
PRECONDITION: Mapping[IfMatch, tuple[str, ...]] = {
    "honoured": ("precondition_failed",),
    "required": ("precondition_failed", "precondition_required"),
}
IDEMPOTENCY: tuple[str, ...] = ("idempotency_in_progress", "idempotency_key_reused")


@dataclass(frozen=True, slots=True)
class Documentation:
    """``answers`` maps each good status to its document (None: no body); ``errors`` are problem
    codes."""

    answers: Mapping[int, Any]
    errors: tuple[str, ...]
    security: str | None
    is_conditional: bool
    is_idempotent: bool
    if_match: IfMatch | None = None


def documents(
    answers: Mapping[int, Any],
    *errors: type[DomainError],
    security: str | None = "bearer",
    conditional: bool = False,
    idempotent: bool = False,
    if_match: IfMatch | None = None,
) -> Callable[[Handler], Handler]:
    """Describe a handler: its good answers and the rules that may refuse.

    ``security`` is ``bearer``, ``apiKey`` or None for an open route; ``conditional`` adds
    If-None-Match and 304; ``idempotent`` adds Idempotency-Key and its errors; ``if_match`` adds
    If-Match and its. What any request can
    meet (validation, throttling, a lost database) is added by itself. The handler's docstring
    becomes summary and description.
    """
    codes = [error.code for error in errors]
    codes += BEARER if security == "bearer" else API_KEY if security == "apiKey" else ()
    codes += IDEMPOTENCY if idempotent else ()
    codes += PRECONDITION[if_match] if if_match else ()
    described = Documentation(answers, tuple(codes), security, conditional, idempotent, if_match)

    def mark(handler: Handler) -> Handler:
        setattr(handler, _ATTRIBUTE, described)
        return handler

    return mark


def documentation_of(handler: Callable[..., Any]) -> Documentation | None:
    """What ``documents`` said about it."""
    found: Documentation | None = getattr(handler, _ATTRIBUTE, None)
    return found
