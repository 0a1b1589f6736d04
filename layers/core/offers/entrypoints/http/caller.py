"""Who calls: what the authorizer writes into the request context, and how handlers read it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from offers.domain.errors.administration import NotPermitted
from offers.domain.errors.partners import UnknownApiKey
from offers.domain.errors.sessions import InvalidToken
from offers.domain.idempotency import IdempotencyKey
from offers.domain.ids import SessionId, UserId
from offers.domain.user import Role
from offers.entrypoints.http import incoming
from offers.entrypoints.http.request_errors import FieldError, ValidationFailed
from offers.ports.outside.tokens import AccessClaims

_VISIBLE_ASCII = re.compile(r"[\x21-\x7e]{1,255}")


@dataclass(frozen=True, slots=True)
class Caller:
    """A signed-in user; ``claims`` is what their access token says."""

    claims: AccessClaims

    @property
    def user_id(self) -> UserId:
        """Whose data this request may touch."""
        return self.claims.user_id

    @property
    def role(self) -> Role:
        """What they may do."""
        return self.claims.role

    def require_admin(self) -> None:
        """Raise NotPermitted for everybody else."""
        if self.role is not Role.ADMIN:
            raise NotPermitted


def authorizer_context(claims: AccessClaims) -> dict[str, str]:
    """What the authorizer hands to the functions behind it; API Gateway passes strings only."""
    return {
        "sub": str(claims.user_id),
        "role": claims.role.value,
        "jti": claims.token_id,
        "sid": str(claims.session_id),
        "exp": str(int(claims.expires_at.timestamp())),
    }


def caller() -> Caller:
    """Who calls. Raises InvalidToken where no authorizer has let anybody in."""
    context = incoming.request_context().get("authorizer") or {}
    try:
        claims = AccessClaims(
            user_id=UserId(UUID(context["sub"])),
            role=Role(context["role"]),
            token_id=context["jti"],
            session_id=SessionId(UUID(context["sid"])),
            expires_at=datetime.fromtimestamp(int(context["exp"]), UTC),
        )
    except (KeyError, ValueError) as error:
        raise InvalidToken from error
    return Caller(claims)


def api_key_id() -> str:
    """The id of the API key that the gateway has checked; it writes this, no client can.

    Raises UnknownApiKey where no key has let anybody in.
    """
    identity = incoming.request_context().get("identity") or {}
    found = identity.get("apiKeyId")
    if not isinstance(found, str) or not found:
        raise UnknownApiKey
    return found


def idempotency_key(owner: str | None = None) -> IdempotencyKey | None:
    """The caller's ``Idempotency-Key``, bound to the caller, the route and the body; None without
    the header. The caller is the signed-in user unless an ``owner`` is named.

    Raises ValidationFailed unless it is 1–255 visible ASCII characters.
    """
    key = incoming.header("Idempotency-Key")
    if key is None:
        return None
    if not _VISIBLE_ASCII.fullmatch(key):
        message = "Use 1 to 255 visible ASCII characters."
        raise ValidationFailed(FieldError("header.Idempotency-Key", message, "idempotency_key"))
    operation = f"{incoming.event().http_method} {incoming.path()}"
    belongs_to = owner or f"user:{caller().user_id}"
    return IdempotencyKey.of(belongs_to, key, operation, incoming.event().json_body or {})
