"""Refresh tokens:

rotated at every use; one that comes back late revokes its family (RFC 9700 §4.14.2).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from offers.domain.errors.sessions import InvalidToken

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import TokenFamilyId, UserId

REPLAY_GRACE = timedelta(seconds=30)
"""How long a spent token still answers with the same successor: two tabs, a lost response."""


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """Only the SHA-256 of the token is kept."""

    token_hash: bytes
    family_id: TokenFamilyId
    user_id: UserId
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    replaced_by: bytes | None = None
    revoked_at: datetime | None = None

    def require_valid(self, at: datetime) -> None:
        """Raise InvalidToken when revoked or expired."""
        if self.revoked_at is not None or at >= self.expires_at:
            raise InvalidToken

    def is_replayed(self, at: datetime) -> bool:
        """Whether it was spent and the grace is over: a copy is in other hands."""
        return self.used_at is not None and at >= self.used_at + REPLAY_GRACE

    def spend(self, successor_hash: bytes, at: datetime) -> RefreshToken:
        """Mark it used, once; the first use decides the time."""
        return replace(self, used_at=self.used_at or at, replaced_by=successor_hash)
