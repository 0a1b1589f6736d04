"""Who can sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from offers.domain.ids import (
        UserId,
    )
    from offers.domain.user import User


class Users(Protocol):
    """People who can sign in."""

    def get(self, user_id: UserId) -> User:
        """Raise UserNotFound for an unknown id."""

    def find_by_username(self, username: str) -> User | None:
        """Usernames are compared without regard to case."""

    def save_password_hash(self, user_id: UserId, password_hash: str) -> None:
        """Store a hash made with newer parameters."""
