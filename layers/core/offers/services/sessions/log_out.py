"""End a session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offers.ports.clock import Clock
    from offers.ports.outside.tokens import AccessClaims, RefreshTokenSource
    from offers.ports.store.work import UnitOfWork
    from offers.services.sessions.deny_sessions import DenySessions


@dataclass(frozen=True)
class LogOut:
    """No token of the session works any more: neither refresh tokens nor access tokens, also those
    that are being made at this moment.
    """

    unit_of_work: UnitOfWork
    deny_sessions: DenySessions
    refresh_tokens: RefreshTokenSource
    clock: Clock

    def __call__(self, claims: AccessClaims, refresh_token: str | None = None) -> None:
        """A refresh token given along ends its session too, if it is the same user's.

        Raises StoreUnavailable; then nothing has ended, and it can be tried again.
        """
        ended = {claims.session_id}
        with self.unit_of_work() as work:
            if refresh_token is not None:
                presented = self.refresh_tokens.hash(refresh_token)
                other = work.sessions.find_own(presented, claims.user_id)
                ended |= {other} if other is not None else set()
            work.sessions.revoke(ended, self.clock())
        self.deny_sessions(ended)
