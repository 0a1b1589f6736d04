"""Sessions that can be prolonged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import (
        TokenFamilyId,
        UserId,
    )
    from offers.domain.refresh_token import RefreshToken


class RefreshTokens(Protocol):
    """Hashes of tokens, in families: one family is one session."""

    def lock(self, token_hash: bytes) -> RefreshToken:
        """Hold the row. Raise InvalidToken for an unknown hash."""

    def add(self, token: RefreshToken) -> None:
        """Store a new token."""

    def save(self, token: RefreshToken) -> None:
        """Store that it was spent."""

    def revoke_family(self, family_id: TokenFamilyId, at: datetime) -> None:
        """No token of the family works any more."""

    def revoke_all(self, user_id: UserId, at: datetime) -> None:
        """No token of the user works any more."""

    def delete_expired(self, before: datetime, limit: int) -> int:
        """Forget at most ``limit`` tokens that expired before ``before``; how many went."""
