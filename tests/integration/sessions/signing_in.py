"""The services of signing in and out, over the real database."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from offers.adapters.clock.ids import new_id
from offers.adapters.memory.login_throttle import ProcessLoginThrottle
from offers.adapters.passwords.argon2_passwords import Argon2Passwords
from offers.adapters.tokens.jwt_access_tokens import JwtAccessTokens
from offers.adapters.tokens.key_ring import KeyRing
from offers.adapters.tokens.refresh_tokens import HmacRefreshTokens
from offers.domain.errors.sessions import InvalidToken
from offers.services.sessions.authorize_caller import AuthorizeCaller
from offers.services.sessions.log_in import LogIn
from offers.services.sessions.log_out import LogOut
from offers.services.sessions.refresh_session import RefreshSession
from offers.wiring import Maker
from tests.fakes.clock import FakeClock
from tests.fakes.denylist import FakeDenylist
from tests.integration.sessions.keys import a_secret

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from offers.ports.outside.tokens import AccessClaims
    from offers.services.sessions.log_in import SignedIn

PASSWORD = "correct horse"  # of nobody
ADDRESS = "192.0.2.1"
MONTH = timedelta(days=30)
WEAK = Argon2Passwords(memory_kib=8, passes=1)
KEYS = KeyRing.parse(a_secret())


class Sessions:
    """The four services over one store and one clock."""

    def __init__(self, store: PostgresStore, **given: object) -> None:
        self.clock, self.denylist = FakeClock(), FakeDenylist()
        self.make = Maker(
            unit_of_work=store.unit_of_work,
            reading=store.reading,
            clock=self.clock,
            denylist=self.denylist,
            throttle=ProcessLoginThrottle(),
            passwords=WEAK,
            access_tokens=JwtAccessTokens(lambda: KEYS, "https://issuer.example", 900, new_id),
            refresh_tokens=HmacRefreshTokens(lambda: KEYS),
            access_ttl=timedelta(seconds=900),
            refresh_ttl=MONTH,
            session_ttl=3 * MONTH,
            **given,
        )
        self.log_in = self.make(LogIn)
        self.refresh = self.make(RefreshSession)
        self.log_out = self.make(LogOut)
        self.authorize = self.make(AuthorizeCaller)

    def claims(self, token: str) -> AccessClaims:
        return self.authorize(token)

    def require_refused(self, session: SignedIn) -> None:
        """Its access token opens nothing."""
        with pytest.raises(InvalidToken):
            self.authorize(session.access.token)
