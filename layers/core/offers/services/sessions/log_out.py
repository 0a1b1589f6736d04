"""End a session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.errors.sessions import InvalidToken

if TYPE_CHECKING:
    from offers.ports.clock import Clock
    from offers.ports.outside.denylist import Denylist
    from offers.ports.outside.tokens import AccessClaims, RefreshTokenSource
    from offers.ports.store.work import UnitOfWork


@dataclass(frozen=True)
class LogOut:
    """The access token is denied until it expires, and no refresh token of its session works any
    more.
    """

    unit_of_work: UnitOfWork
    denylist: Denylist
    refresh_tokens: RefreshTokenSource
    clock: Clock

    def __call__(self, claims: AccessClaims, refresh_token: str | None = None) -> None:
        """A refresh token given along ends its session too, if it is the same user's.

        Raises StoreUnavailable.
        """
        self.denylist.deny(claims.token_id, claims.expires_at)
        now = self.clock()
        with self.unit_of_work() as work:
            work.refresh_tokens.revoke_family(claims.session_id, now)
            if refresh_token is None:
                return
            try:
                presented = work.refresh_tokens.lock(self.refresh_tokens.hash(refresh_token))
            except InvalidToken:
                return
            if presented.user_id == claims.user_id:
                work.refresh_tokens.revoke_family(presented.family_id, now)
