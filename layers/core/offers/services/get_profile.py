"""A user's own profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offers.domain.ids import UserId
    from offers.domain.user import User
    from offers.ports.store import Reading


@dataclass(frozen=True)
class GetProfile:
    """Who the caller is, as stored."""

    reading: Reading

    def __call__(self, user_id: UserId) -> User:
        """Raises UserNotFound or StoreUnavailable."""
        with self.reading() as store:
            return store.users.get(user_id)
