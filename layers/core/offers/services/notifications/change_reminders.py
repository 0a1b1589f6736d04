"""Switch reminders off or on by the link in a reminder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.errors.notifications import UnsubscribeLinkUnknown

if TYPE_CHECKING:
    from uuid import UUID

    from offers.domain.user import User
    from offers.ports.clock import Clock
    from offers.ports.store.work import UnitOfWork


@dataclass(frozen=True)
class ChangeReminders:
    """Doing it again is harmless. Receipts are sent whatever was chosen."""

    unit_of_work: UnitOfWork
    clock: Clock

    def __call__(self, token: UUID, *, wanted: bool) -> User:
        """Raises UnsubscribeLinkUnknown or StoreUnavailable."""
        with self.unit_of_work() as work:
            user = work.users.find_by_unsubscribe_token(token)
            if user is None:
                raise UnsubscribeLinkUnknown
            if user.wants_reminders is not wanted:
                work.users.set_reminders(user.id, wanted=wanted, at=self.clock())
        return user
