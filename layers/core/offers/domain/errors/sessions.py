"""Facts that stop a sign-in, or end a session."""

from __future__ import annotations

from offers.domain.errors import DomainError, RetryableError


class InvalidCredentials(DomainError):
    code = "invalid_credentials"

    def __init__(self) -> None:
        super().__init__("The username or the password is wrong.")


class TooManyAttempts(RetryableError):
    code = "too_many_attempts"

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__("Too many failed sign-ins; wait before trying again.", retry_after_seconds)


class InvalidToken(DomainError):
    """The token is malformed, expired, revoked or not ours; which of these is not told."""

    code = "invalid_token"

    def __init__(self) -> None:
        super().__init__("The token is not valid.")


class RefreshTokenReused(DomainError):
    """A spent refresh token came back: its whole family is revoked (RFC 9700 §4.14.2)."""

    code = "refresh_token_reused"

    def __init__(self) -> None:
        super().__init__("This refresh token was used before; sign in again.")


class WrongPassword(DomainError):
    """Whoever is signed in gave another password than theirs."""

    code = "wrong_password"

    def __init__(self) -> None:
        super().__init__("The current password is wrong.")


class PasswordNotAccepted(DomainError):
    """Shorter than ``at_least`` characters, or else easy to guess."""

    code = "password_not_accepted"

    def __init__(self, at_least: int | None = None) -> None:
        is_short = f"Use at least {at_least} characters."
        is_easy = "This password is easy to guess; choose another one."
        super().__init__(is_easy if at_least is None else is_short)


class ResetLinkInvalid(DomainError):
    """Unknown, used or too old; which of these is not told."""

    code = "reset_link_invalid"

    def __init__(self) -> None:
        super().__init__("This link has been used or is too old; ask for a new one.")
