"""What the current HTTP request says: who calls, from where, with which headers.

Powertools keeps the current event on its router class, which is safe because one execution
environment handles one event at a time; these functions read it there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from aws_lambda_powertools.event_handler.api_gateway import APIGatewayRestResolver
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent

from offers.domain.errors import InvalidToken, NotPermitted
from offers.domain.idempotency import IdempotencyKey
from offers.domain.ids import UserId
from offers.domain.user import Role
from offers.entrypoints.request_errors import FieldError, ValidationFailed

_VISIBLE_ASCII = re.compile(r"[\x21-\x7e]{1,255}")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who the authorizer let in. ``token_id`` and ``token_expires_at`` belong to the access
    token used."""

    user_id: UserId
    role: Role
    token_id: str
    token_expires_at: datetime

    @property
    def is_admin(self) -> bool:
        """Whether admin routes are open to this caller."""
        return self.role is Role.ADMIN

    def require_admin(self) -> None:
        """Raise NotPermitted for everybody else."""
        if not self.is_admin:
            raise NotPermitted


def event() -> APIGatewayProxyEvent:
    """The event being handled."""
    return APIGatewayRestResolver.current_event


def header(name: str) -> str | None:
    """A request header by its case-insensitive name."""
    value = event().headers.get(name)
    return value if isinstance(value, str) else None


def path() -> str:
    """The path of the route, without the stage and without a trailing slash."""
    return event().path.rstrip("/") or "/"


def public_path() -> str:
    """The path as the client wrote it: with the stage, where the URL has one."""
    return str(_request_context().get("path") or event().path)


def request_id() -> str:
    """The gateway's id of this request, which every answer and log line carries."""
    return str(_request_context().get("requestId") or "")


def source_ip() -> str:
    """The address the gateway saw; never a header that the client can write."""
    return str(_request_context().get("identity", {}).get("sourceIp") or "")


def caller() -> Caller:
    """Who calls, as the authorizer wrote it down. Raises InvalidToken on a route that has none."""
    claims = _request_context().get("authorizer") or {}
    try:
        return Caller(
            UserId(UUID(claims["sub"])),
            Role(claims["role"]),
            claims["jti"],
            datetime.fromtimestamp(int(claims["exp"]), UTC),
        )
    except (KeyError, ValueError) as error:
        raise InvalidToken from error


def idempotency_key() -> IdempotencyKey | None:
    """The customer's ``Idempotency-Key``, bound to the caller, the route and the body; None without
    the header.

    Raises ValidationFailed unless it is 1–255 visible ASCII characters.
    """
    key = header("Idempotency-Key")
    if key is None:
        return None
    if not _VISIBLE_ASCII.fullmatch(key):
        message = "Use 1 to 255 visible ASCII characters."
        raise ValidationFailed(FieldError("header.Idempotency-Key", message, "idempotency_key"))
    operation = f"{event().http_method} {path()}"
    return IdempotencyKey.of(f"user:{caller().user_id}", key, operation, event().json_body or {})


def _request_context() -> dict[str, Any]:
    context: dict[str, Any] = event().raw_event.get("requestContext") or {}
    return context
