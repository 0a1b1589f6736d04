"""Who can sign in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from offers.domain.account import Account
    from offers.domain.ids import UserId
    from offers.domain.user import EmailStatus, Role, User
    from offers.ports.pages import Page, PageRequest


@dataclass(frozen=True, slots=True)
class UserQuery:
    """``username`` is exact but for case; ``search`` is looked for in username, names and email."""

    search: str = ""
    username: str | None = None
    role: Role | None = None
    is_active: bool | None = None


@dataclass(frozen=True, slots=True)
class UserView:
    """A user with the account that their purchases are paid from."""

    user: User
    account: Account


class Users(Protocol):
    """People who can sign in, and may be written to."""

    def get(self, user_id: UserId) -> User:
        """Raise UserNotFound for an unknown id."""

    def with_address(self, address: str, limit: int) -> tuple[User, ...]:
        """Who has this address, compared without regard to case; at most ``limit`` of them."""

    def change_password(self, user_id: UserId, password_hash: str, version: int) -> None:
        """Store another password's hash, and the user's next version."""

    def save_password_hash(self, user_id: UserId, password_hash: str) -> None:
        """Store a hash made with newer parameters."""

    def add(self, user: User, account: Account) -> None:
        """Store both. Raise UsernameTaken (now, or at commit) if the name is in use."""

    def lock(self, user_id: UserId) -> UserView:
        """Hold the user's row. Raise UserNotFound for an unknown id."""

    def lock_administrators(self) -> None:
        """Hold the rows of all active administrators: whoever changes one waits for the others."""

    def save_active(self, user: User) -> None:
        """Store whether the user is active, and the version."""

    def page(self, query: UserQuery, request: PageRequest) -> Page[UserView]:
        """Newest first."""

    def find_by_unsubscribe_token(self, token: UUID) -> User | None:
        """The owner of a link in a reminder."""

    def set_reminders(self, user_id: UserId, *, wanted: bool, at: datetime) -> None:
        """Switch reminders on or off; again is harmless."""

    def mark_address(self, address: str, status: EmailStatus) -> int:
        """Stop sending to an address, compared without regard to case; how many users have it.

        A complaint is never weakened to a bounce.
        """
