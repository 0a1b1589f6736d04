"""Prolong a session: a refresh token is good for one successor (RFC 9700 §4.14.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offers.domain.errors.sessions import InvalidToken, RefreshTokenReused
from offers.services.sessions.log_in import Session

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from offers.domain.refresh_token import RefreshToken
    from offers.ports.clock import Clock
    from offers.ports.outside.tokens import AccessTokens, RefreshTokenSource
    from offers.ports.store.work import UnitOfWork, Work


@dataclass(frozen=True)
class RefreshSession:
    """Sent again within the grace, a spent token gives the same successor; later, it ends the whole
    session.
    """

    unit_of_work: UnitOfWork
    access_tokens: AccessTokens
    refresh_tokens: RefreshTokenSource
    refresh_ttl: timedelta
    clock: Clock

    def __call__(self, token: str) -> Session:
        """Raises InvalidToken, RefreshTokenReused or StoreUnavailable."""
        now, successor = self.clock(), self.refresh_tokens.successor(token)
        with self.unit_of_work() as work:
            presented = work.refresh_tokens.lock(self.refresh_tokens.hash(token))
            presented.require_valid(now)
            user = work.users.get(presented.user_id)
            is_replayed = presented.is_replayed(now)
            if is_replayed:
                work.refresh_tokens.revoke_family(presented.family_id, now)
            elif not user.is_active:
                raise InvalidToken
            elif presented.used_at is None:
                self._rotate(work, presented, self.refresh_tokens.hash(successor), now)
        if is_replayed:  # raised only now: the revocation had to be committed
            raise RefreshTokenReused
        access = self.access_tokens.issue(user.id, user.role, presented.family_id, now)
        return Session(access, successor)

    def _rotate(self, work: Work, spent: RefreshToken, successor: bytes, now: datetime) -> None:
        work.refresh_tokens.save(spent.spend(successor, now))
        expires_at = now + self.refresh_ttl
        work.refresh_tokens.add(
            replace(spent, token_hash=successor, created_at=now, expires_at=expires_at)
        )
