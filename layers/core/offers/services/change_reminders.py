"""Switch reminders off or on by the link in a reminder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.errors import UnsubscribeLinkUnknown

if TYPE_CHECKING:
    from uuid import UUID

    from offers.domain.user import User
    from offers.ports.clock import Clock
    from offers.ports.store import Reading, UnitOfWork


@dataclass(frozen=True)
class FindReminders:
    """Whose link it is, so that the page can speak their language."""

    reading: Reading

    def __call__(self, token: UUID) -> User:
        """Raises UnsubscribeLinkUnknown or StoreUnavailable."""
        with self.reading() as store:
            user = store.recipients.find_by_unsubscribe_token(token)
        if user is None:
            raise UnsubscribeLinkUnknown
        return user


@dataclass(frozen=True)
class ChangeReminders:
    """Doing it again is harmless. Receipts are sent whatever was chosen."""

    unit_of_work: UnitOfWork
    clock: Clock

    def __call__(self, token: UUID, *, wanted: bool) -> User:
        """Raises UnsubscribeLinkUnknown or StoreUnavailable."""
        with self.unit_of_work() as work:
            user = work.recipients.find_by_unsubscribe_token(token)
            if user is None:
                raise UnsubscribeLinkUnknown
            if user.wants_reminders is not wanted:
                work.recipients.set_reminders(user.id, wanted=wanted, at=self.clock())
        return user
