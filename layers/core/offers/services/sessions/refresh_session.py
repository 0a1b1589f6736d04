"""Prolong a session: a refresh token is good for one successor (RFC 9700 §4.14.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.errors.sessions import InvalidToken, RefreshTokenReused
from offers.domain.refresh_token import RefreshToken
from offers.services.sessions.log_in import SignedIn

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from offers.ports.clock import Clock
    from offers.ports.outside.tokens import AccessTokens, RefreshTokenSource
    from offers.ports.store.sessions import Presented
    from offers.ports.store.work import UnitOfWork, Work
    from offers.services.sessions.deny_sessions import DenySessions


@dataclass(frozen=True)
class RefreshSession:
    """Sent again within the grace, a spent token gives the same successor; later, it ends the whole
    session.
    """

    unit_of_work: UnitOfWork
    deny_sessions: DenySessions
    access_tokens: AccessTokens
    refresh_tokens: RefreshTokenSource
    refresh_ttl: timedelta
    clock: Clock

    def __call__(self, token: str) -> SignedIn:
        """Raises InvalidToken, RefreshTokenReused or StoreUnavailable."""
        now, successor = self.clock(), self.refresh_tokens.successor(token)
        with self.unit_of_work() as work:
            shown = work.sessions.present(self.refresh_tokens.hash(token))
            _require_valid(shown, now)
            is_replayed = shown.token.is_replayed(now)
            if is_replayed:
                work.sessions.revoke([shown.session.id], now)
            elif shown.token.used_at is None:
                self._rotate(work, shown, self.refresh_tokens.hash(successor), now)
        if is_replayed:  # raised only now: the revocation had to be committed
            self.deny_sessions([shown.session.id])
            raise RefreshTokenReused
        access = self.access_tokens.issue(shown.user.id, shown.user.role, shown.session.id, now)
        return SignedIn(access, successor)

    def _rotate(self, work: Work, shown: Presented, successor: bytes, now: datetime) -> None:
        following = RefreshToken.of(shown.session, successor, now, self.refresh_ttl)
        work.sessions.rotate(shown.token.spend(successor, now), following)


def _require_valid(shown: Presented, at: datetime) -> None:
    shown.session.require_open(at)
    shown.token.require_valid(at)
    if not shown.user.is_active:
        raise InvalidToken
