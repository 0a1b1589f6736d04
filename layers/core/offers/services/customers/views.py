"""What is read about customers, and nothing decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.services.administration.administrators import administrator

if TYPE_CHECKING:
    from offers.domain.ids import UserId
    from offers.domain.user import User
    from offers.ports.pages import Page, PageRequest
    from offers.ports.store.users import UserQuery, UserView
    from offers.ports.store.work import Reading


@dataclass(frozen=True)
class SearchUsers:
    """Users with their balances, newest first."""

    reading: Reading

    def __call__(self, admin_id: UserId, query: UserQuery, request: PageRequest) -> Page[UserView]:
        """Raises NotPermitted, InvalidCursor or StoreUnavailable."""
        with self.reading() as store:
            administrator(store, admin_id)
            return store.users.page(query, request)


@dataclass(frozen=True)
class GetProfile:
    """Who the caller is, as stored."""

    reading: Reading

    def __call__(self, user_id: UserId) -> User:
        """Raises UserNotFound or StoreUnavailable."""
        with self.reading() as store:
            return store.users.get(user_id)
