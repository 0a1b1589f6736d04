"""Sessions: what a sign-in opens, and what signing out ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.errors.sessions import InvalidToken

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import SessionId, UserId


@dataclass(frozen=True, slots=True)
class Session:
    """The family of refresh tokens that began with one sign-in.

    It is the session that is revoked, not its tokens: a token that is being made at that moment is
    born dead. However often it is prolonged, it ends at ``ends_at``. ``place`` recognises where the
    user signed in (``domain.sign_in``).
    """

    id: SessionId
    user_id: UserId
    place: bytes
    created_at: datetime
    ends_at: datetime
    revoked_at: datetime | None = None

    def require_open(self, at: datetime) -> None:
        """Raise InvalidToken when revoked or over."""
        if self.revoked_at is not None or at >= self.ends_at:
            raise InvalidToken
