"""A user's own balance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offers.domain.account import Account
    from offers.domain.ids import UserId
    from offers.ports.store import Reading


@dataclass(frozen=True)
class GetBalance:
    """Always from the store: money is never read from a cache."""

    reading: Reading

    def __call__(self, user_id: UserId) -> Account:
        """Raises UserNotFound or StoreUnavailable."""
        with self.reading() as store:
            return store.accounts.of_user(user_id)
