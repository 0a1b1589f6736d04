"""Links that reset passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import UserId
    from offers.domain.password_reset import PasswordReset


class PasswordResets(Protocol):
    """Links that reset passwords."""

    def add(self, reset: PasswordReset) -> None:
        """Store a new one."""

    def take(self, token_hash: bytes, at: datetime) -> UserId:
        """Whose it was; it works no more once this is committed. Raise ResetLinkInvalid for one
        that is unknown, used or too old at ``at``.
        """

    def discard_all(self, user_id: UserId) -> None:
        """No link of the user's works any more."""

    def delete_expired(self, before: datetime, limit: int) -> int:
        """Forget at most ``limit`` that expired before ``before``; how many went."""
