"""Sessions whose refresh tokens are rotated, over the real store; what is outside is in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from offers.adapters.memory.login_throttle import ProcessLoginThrottle
from offers.adapters.tokens.refresh_tokens import HmacRefreshTokens
from offers.domain.user import Role
from offers.ports.outside.tokens import AccessClaims
from offers.services.customers.set_user_active import SetUserActive
from offers.services.sessions.log_in import LogIn
from offers.services.sessions.log_out import LogOut
from offers.services.sessions.refresh_session import RefreshSession
from offers.wiring import Maker
from tests.fakes.denylist import FakeDenylist

if TYPE_CHECKING:
    from offers.domain.ids import SessionId
    from offers.domain.user import User
    from offers.services.sessions.log_in import SignedIn
    from tests.proofs.watch import Watch
    from tests.proofs.world import World
    from tests.seed import Seed

PASSWORD = "the right one"  # of nobody
HOME = "192.0.2.1"
DAY = timedelta(days=1)


class _AccessTokens:
    """An access token is the id of its session."""

    def issue(self, _user: object, _role: object, session_id: SessionId, _at: object) -> Any:
        return SimpleNamespace(token=session_id)


class _Passwords:
    """Every hash is of the right password."""

    def verify(self, password: str, _hash: str | None) -> bool:
        return password == PASSWORD

    def is_common(self, password: str) -> bool:
        return False

    def needs_rehash(self, _password: str, _hash: str) -> bool:
        return False


@dataclass
class Sessions:
    """One user's; ``first`` is the refresh token of the sign-in."""

    world: World
    user: User
    denylist: FakeDenylist = field(default_factory=FakeDenylist)

    def __post_init__(self) -> None:
        ring: Any = SimpleNamespace(refresh_token_key=b"k" * 32)
        self.tokens = HmacRefreshTokens(lambda: ring)
        self._make = self._maker()
        self.opened = self.log_in()
        self.first = self.opened.refresh_token

    def _maker(self, watch: Watch | None = None) -> Maker:
        opens = self.world.store.unit_of_work
        return Maker(
            unit_of_work=opens if watch is None else watch.unit_of_work("unit_of_work", opens),
            reading=self.world.store.reading,
            clock=self.world.clock,
            denylist=self.denylist,
            access_tokens=_AccessTokens(),
            refresh_tokens=self.tokens,
            passwords=_Passwords(),
            throttle=ProcessLoginThrottle(),
            access_ttl=timedelta(minutes=15),
            refresh_ttl=30 * DAY,
            session_ttl=90 * DAY,
        )

    def log_in(self, watch: Watch | None = None) -> SignedIn:
        make = self._maker(watch) if watch else self._make
        return make(LogIn)(self.user.username, PASSWORD, HOME)

    def refresh(self, token: str, watch: Watch | None = None) -> SignedIn:
        make = self._maker(watch) if watch else self._make
        return make(RefreshSession)(token)

    def log_out(self, session: SignedIn, refresh_token: str | None = None) -> None:
        session_id: Any = session.access.token
        expires_at = self.world.clock() + timedelta(minutes=15)
        claims = AccessClaims(self.user.id, self.user.role, "jti", session_id, expires_at)
        self._make(LogOut)(claims, refresh_token)

    def deactivate(self, seed: Seed) -> None:
        admin = seed.a_customer(role=Role.ADMIN)
        self._make(SetUserActive)(
            admin.id, self.user.id, is_active=False, seen=None, reason="a test"
        )

    def is_denied(self, session: SignedIn) -> bool:
        session_id: Any = session.access.token
        return self.denylist.is_denied(session_id)
