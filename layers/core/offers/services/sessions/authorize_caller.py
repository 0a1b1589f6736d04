"""Decide who is calling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.errors.sessions import InvalidToken

if TYPE_CHECKING:
    from offers.ports.clock import Clock
    from offers.ports.outside.denylist import Denylist
    from offers.ports.outside.tokens import AccessClaims, AccessTokens


@dataclass(frozen=True)
class AuthorizeCaller:
    """A signed, unexpired access token whose session was not ended."""

    access_tokens: AccessTokens
    denylist: Denylist
    clock: Clock

    def __call__(self, token: str) -> AccessClaims:
        """Raises InvalidToken."""
        claims = self.access_tokens.verify(token, self.clock())
        if self.denylist.is_denied(claims.session_id):
            raise InvalidToken
        return claims
