"""POST /auth/login, /auth/refresh and /auth/logout, GET /auth/profile and the JWK set."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypedDict

from offers.entrypoints.http.schemas.fields import NewPassword, PlainText, RequestModel
from offers.services.sessions.log_in import SignedIn

RefreshTokenText = Annotated[PlainText, Field(min_length=1, max_length=512)]


class LoginRequest(RequestModel):
    """Who signs in. Case does not matter in a username. In a password it does; how a keyboard
    composes a letter does not (RFC 8265).
    """

    username: Annotated[PlainText, Field(min_length=1, max_length=150, examples=["user1"])]
    password: Annotated[str, Field(min_length=1, max_length=1024, examples=["password123"])]


class RefreshRequest(RequestModel):
    """The refresh token to spend."""

    refresh_token: RefreshTokenText


class LogoutRequest(RequestModel):
    """The session's refresh token, so that its whole family is revoked."""

    refresh_token: RefreshTokenText | None = None


class ChangePasswordRequest(RequestModel):
    """The password of now, and the one to come."""

    current_password: Annotated[str, Field(min_length=1, max_length=1024)]
    new_password: NewPassword


class TokenPair(TypedDict):
    """``expires_in`` is the access token's lifetime in seconds."""

    access_token: str
    refresh_token: str
    token_type: Literal["Bearer"]
    expires_in: Annotated[int, Field(examples=[900])]


class JwkSet(TypedDict):
    """The public keys that verify access tokens (RFC 7517 §5)."""

    keys: list[dict[str, Any]]


def token_pair(session: SignedIn) -> TokenPair:
    """The answer to a sign-in or a refresh."""
    return TokenPair(
        access_token=session.access.token,
        refresh_token=session.refresh_token,
        token_type="Bearer",  # noqa: S106  # the scheme's name (RFC 6750), not a secret
        expires_in=session.access.expires_in,
    )
