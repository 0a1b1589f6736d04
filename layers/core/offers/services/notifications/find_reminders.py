"""Whose link it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.errors.notifications import UnsubscribeLinkUnknown

if TYPE_CHECKING:
    from uuid import UUID

    from offers.domain.user import User
    from offers.ports.store.work import Reading


@dataclass(frozen=True)
class FindReminders:
    """Whose link it is, so that the page can speak their language."""

    reading: Reading

    def __call__(self, token: UUID) -> User:
        """Raises UnsubscribeLinkUnknown or StoreUnavailable."""
        with self.reading() as store:
            user = store.users.find_by_unsubscribe_token(token)
        if user is None:
            raise UnsubscribeLinkUnknown
        return user
