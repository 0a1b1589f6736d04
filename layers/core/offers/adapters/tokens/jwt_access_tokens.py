"""Access tokens as JWTs: the algorithm is pinned, the key chosen by ``kid``, the time given by
the caller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import jwt

from offers.adapters.tokens.key_ring import ALGORITHM
from offers.domain.errors.sessions import InvalidToken
from offers.domain.ids import SessionId, UserId
from offers.domain.user import Role
from offers.ports.outside.tokens import AccessClaims, AccessToken

if TYPE_CHECKING:
    from jwt.types import Options

    from offers.adapters.tokens.key_ring import KeyRingLoader
    from offers.ports.ids import NewId

_TYPE = "at+jwt"  # RFC 9068 §2.1: no other kind of JWT passes for an access token
_MAX_LENGTH = 4096
_CLAIMS = ["iss", "aud", "sub", "sid", "role", "jti", "iat", "nbf", "exp"]
_LEEWAY_SECONDS = 10
"""How far the clocks of two functions may be apart (RFC 7519 §4.1.5)."""
# PyJWT looks at the wall clock for these; ours may be moved, so both ends are compared below.
_OPTIONS: Options = {
    "require": _CLAIMS,
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
}


@dataclass(frozen=True, slots=True)
class JwtAccessTokens:
    """Implements the port ``AccessTokens``.

    Claims are those of RFC 9068 §2.2, but for ``client_id``: there are no clients to tell apart.
    The issuer is the audience too: the API that issues tokens is the only one that takes them.
    """

    keys: KeyRingLoader
    issuer: str
    lifetime_seconds: int
    new_id: NewId

    def issue(
        self, user_id: UserId, role: Role, session_id: SessionId, at: datetime
    ) -> AccessToken:
        """A new token, valid from ``at``."""
        ring = self.keys()
        issued_at = int(at.timestamp())
        claims = {
            "iss": self.issuer,
            "aud": self.issuer,
            "sub": str(user_id),
            "sid": str(session_id),
            "role": role.value,
            "jti": str(self.new_id()),
            "iat": issued_at,
            "nbf": issued_at,
            "exp": issued_at + self.lifetime_seconds,
        }
        headers = {"kid": ring.signing_kid, "typ": _TYPE}
        token = jwt.encode(claims, ring.keys[ring.signing_kid], ALGORITHM, headers)
        return AccessToken(token, self.lifetime_seconds)

    def verify(self, token: str, at: datetime) -> AccessClaims:
        """Raise InvalidToken unless it is ours, for us, whole and valid at ``at``."""
        try:
            signed = self._signed_claims(token)
            claims, not_before = _read(signed), int(signed["nbf"])
        except (jwt.PyJWTError, KeyError, ValueError, TypeError, OverflowError, OSError) as error:
            raise InvalidToken from error
        if at >= claims.expires_at or at.timestamp() + _LEEWAY_SECONDS < not_before:
            raise InvalidToken
        return claims

    def public_keys(self) -> dict[str, Any]:
        """The JWK set (RFC 7517 §5) that verifies our tokens; no private part."""
        return {"keys": list(self.keys().public_jwks)}

    def _signed_claims(self, token: str) -> dict[str, Any]:
        if len(token) > _MAX_LENGTH:
            raise jwt.DecodeError
        header = jwt.get_unverified_header(token)
        if header.get("typ") != _TYPE:
            raise jwt.InvalidTokenError
        key = self.keys().keys[header["kid"]]
        return jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            options=_OPTIONS,
            issuer=self.issuer,
            audience=self.issuer,
        )


def _read(claims: dict[str, Any]) -> AccessClaims:
    return AccessClaims(
        user_id=UserId(UUID(claims["sub"])),
        role=Role(claims["role"]),
        token_id=str(claims["jti"]),
        session_id=SessionId(UUID(claims["sid"])),
        expires_at=datetime.fromtimestamp(int(claims["exp"]), UTC),
    )
