"""What administrators change, beyond what customers can reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.account import Account, LedgerEntry
    from offers.domain.ids import LedgerEntryId, OfferId, UserId
    from offers.domain.offer import Offer
    from offers.domain.user import Role, User
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


class UserRegister(Protocol):
    """Users as administrators keep them."""

    def add(self, user: User, account: Account) -> None:
        """Store both. Raise UsernameTaken (now, or at commit) if the name is in use."""

    def lock(self, user_id: UserId) -> UserView:
        """Hold the user's row. Raise UserNotFound for an unknown id."""

    def lock_administrators(self) -> None:
        """Hold the rows of all active administrators: whoever changes one waits for the others."""

    def save_active(self, user: User) -> None:
        """Store whether the user is active, and the version."""

    def end_sessions(self, user_id: UserId, at: datetime) -> None:
        """No refresh token of the user works any more."""

    def page(self, query: UserQuery, request: PageRequest) -> Page[UserView]:
        """Newest first."""


class OfferRegister(Protocol):
    """The catalogue as administrators keep it."""

    def add(self, offer: Offer) -> None:
        """Raise OfferCodeTaken (now, or at commit) if the code is in use."""

    def lock(self, offer_id: OfferId) -> Offer:
        """Hold the row. Raise OfferNotFound for an unknown id."""

    def save(self, offer: Offer) -> None:
        """Store the next version of a locked offer."""


class LedgerEntries(Protocol):
    """Single movements of money."""

    def get(self, entry_id: LedgerEntryId) -> LedgerEntry:
        """An entry known to exist."""
