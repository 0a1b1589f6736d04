"""Sessions, and the refresh tokens that prolong them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from offers.domain.ids import SessionId, UserId
    from offers.domain.refresh_token import RefreshToken
    from offers.domain.session import Session
    from offers.domain.user import User


@dataclass(frozen=True, slots=True)
class Presented:
    """A refresh token that somebody shows, with its session and its owner."""

    token: RefreshToken
    session: Session
    user: User


@dataclass(frozen=True, slots=True)
class Claimant:
    """Whose name was given, and whether they have signed in at this place before."""

    user: User
    is_at_known_place: bool


class Sessions(Protocol):
    """What a sign-in opens. Whoever rotates a token and whoever revokes its session take the
    session's row first, so one of them sees what the other did.
    """

    def find_claimant(self, name: str, place: bytes) -> Claimant | None:
        """By the name's comparison form (``domain.sign_in.sign_in_name``)."""

    def open(self, session: Session, first: RefreshToken) -> None:
        """Store both. The caller holds the user's row, so that nobody ends all of the user's
        sessions and misses this one.
        """

    def present(self, token_hash: bytes) -> Presented:
        """Hold session and token. Raise InvalidToken for an unknown hash."""

    def rotate(self, spent: RefreshToken, successor: RefreshToken) -> None:
        """Store that one was spent for the other."""

    def find_own(self, token_hash: bytes, user_id: UserId) -> SessionId | None:
        """The session of a token, if it is this user's."""

    def revoke(self, session_ids: Collection[SessionId], at: datetime) -> None:
        """No token of these sessions works any more, those under way included."""

    def revoke_all(
        self, user_id: UserId, at: datetime, but: SessionId | None = None
    ) -> tuple[SessionId, ...]:
        """The same for every session of a user ``but`` one; which have been ended by this."""

    def delete_expired_tokens(self, before: datetime, limit: int) -> int:
        """Forget at most ``limit`` tokens that expired before ``before``; how many went."""

    def delete_ended(self, before: datetime, limit: int) -> int:
        """Forget at most ``limit`` sessions that were over before ``before``; how many went."""
