"""Refresh tokens:

rotated at every use; one that comes back late revokes its session (RFC 9700 §4.14.2).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from offers.domain.errors.sessions import InvalidToken

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import SessionId, UserId
    from offers.domain.session import Session

REPLAY_GRACE = timedelta(seconds=30)
"""How long a spent token still answers with the same successor: two tabs, a lost response."""


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """Only the SHA-256 of the token is kept."""

    token_hash: bytes
    session_id: SessionId
    user_id: UserId
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    replaced_by: bytes | None = None

    @classmethod
    def of(
        cls, session: Session, token_hash: bytes, at: datetime, lifetime: timedelta
    ) -> RefreshToken:
        """Good for ``lifetime``, but never longer than its session."""
        return cls(token_hash, session.id, session.user_id, at, min(at + lifetime, session.ends_at))

    def require_valid(self, at: datetime) -> None:
        """Raise InvalidToken when expired."""
        if at >= self.expires_at:
            raise InvalidToken

    def is_replayed(self, at: datetime) -> bool:
        """Whether it was spent and the grace is over: a copy is in other hands."""
        return self.used_at is not None and at >= self.used_at + REPLAY_GRACE

    def spend(self, successor_hash: bytes, at: datetime) -> RefreshToken:
        """Mark it used, once; the first use decides the time."""
        return replace(self, used_at=self.used_at or at, replaced_by=successor_hash)
