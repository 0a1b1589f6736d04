"""A session whose refresh token is rotated, over the real store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from offers.adapters.clock.ids import new_id
from offers.adapters.tokens.refresh_tokens import HmacRefreshTokens
from offers.domain.ids import TokenFamilyId
from offers.domain.refresh_token import RefreshToken
from offers.services.sessions.refresh_session import RefreshSession

if TYPE_CHECKING:
    from offers.domain.user import User
    from offers.services.sessions.log_in import Session
    from tests.proofs.world import World

TTL = timedelta(days=30)


class _AccessTokens:
    """Any access token will do here."""

    def issue(self, *_facts: object) -> Any:
        return SimpleNamespace()


@dataclass
class Sessions:
    """One signed-in user; ``first`` is the token of the sign-in."""

    world: World
    user: User
    tokens: HmacRefreshTokens = field(init=False)
    first: str = field(init=False)

    def __post_init__(self) -> None:
        ring: Any = SimpleNamespace(refresh_token_key=b"k" * 32)
        self.tokens = HmacRefreshTokens(lambda: ring)
        self.first, now = self.tokens.first(), self.world.clock()
        access: Any = _AccessTokens()
        unit_of_work = self.world.store.unit_of_work
        self._refresh = RefreshSession(unit_of_work, access, self.tokens, TTL, self.world.clock)
        token = RefreshToken(
            token_hash=self.tokens.hash(self.first),
            family_id=TokenFamilyId(new_id()),
            user_id=self.user.id,
            created_at=now,
            expires_at=now + TTL,
        )
        with unit_of_work() as work:
            work.refresh_tokens.add(token)

    def refresh(self, token: str) -> Session:
        return self._refresh(token)
