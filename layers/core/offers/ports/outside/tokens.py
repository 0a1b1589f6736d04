"""Tokens: access tokens say who calls, refresh tokens prolong a session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import SessionId, UserId
    from offers.domain.user import Role


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """What an access token says (RFC 9068 without the parts nobody here reads).

    ``session_id`` (claim ``sid``) is the family of refresh tokens it was issued with, so that
    logging out can end it.
    """

    user_id: UserId
    role: Role
    token_id: str
    session_id: SessionId
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A signed token and how long it is valid, in seconds."""

    token: str
    expires_in: int


class AccessTokens(Protocol):
    """Signs and verifies access tokens (JWS ES256, RFC 7518 §3.4)."""

    def issue(
        self, user_id: UserId, role: Role, session_id: SessionId, at: datetime
    ) -> AccessToken:
        """A new token, valid from ``at``."""

    def verify(self, token: str, at: datetime) -> AccessClaims:
        """Raise InvalidToken unless it is ours, whole and not expired at ``at``."""

    def public_keys(self) -> dict[str, Any]:
        """The JWK set (RFC 7517 §5) that verifies our tokens; no private part."""


class RefreshTokenSource(Protocol):
    """Makes refresh tokens; only their hashes are stored."""

    def first(self) -> str:
        """256 random bits."""

    def successor(self, token: str) -> str:
        """The one token that follows ``token``:

        always the same, and not computable without our key.
        """

    def hash(self, token: str) -> bytes:
        """SHA-256 of the token."""
