"""Signing in, prolonging and ending a session, on the real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from offers.adapters.clock.ids import new_id
from offers.adapters.passwords.argon2_passwords import Argon2Passwords
from offers.adapters.postgres.tables import users
from offers.adapters.tokens.jwt_access_tokens import JwtAccessTokens
from offers.adapters.tokens.key_ring import KeyRing
from offers.adapters.tokens.refresh_tokens import HmacRefreshTokens
from offers.domain.errors.sessions import (
    InvalidCredentials,
    InvalidToken,
    RefreshTokenReused,
    TooManyAttempts,
)
from offers.services.sessions.authorize_caller import AuthorizeCaller
from offers.services.sessions.log_in import LogIn
from offers.services.sessions.log_out import LogOut
from offers.services.sessions.refresh_session import RefreshSession
from tests.fakes.clock import FakeClock
from tests.fakes.denylist import FakeDenylist
from tests.fakes.login_throttle import FakeLoginThrottle
from tests.integration.sessions.keys import a_secret

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from offers.domain.user import User
    from offers.ports.outside.tokens import AccessClaims
    from tests.seed import Seed

PASSWORD = "correct horse"
ADDRESS = "192.0.2.1"
MONTH = timedelta(days=30)
WEAK = Argon2Passwords(memory_kib=8, passes=1)
KEYS = KeyRing.parse(a_secret())


class Sessions:
    """The four services over one store and one clock."""

    def __init__(self, store: PostgresStore) -> None:
        self.clock, self.denylist, self.throttle = FakeClock(), FakeDenylist(), FakeLoginThrottle()
        access = JwtAccessTokens(lambda: KEYS, "https://issuer.example", 900, new_id)
        refresh = HmacRefreshTokens(lambda: KEYS)
        work = store.unit_of_work
        self.log_in = LogIn(
            work, store.reading, self.throttle, WEAK, access, refresh, MONTH, self.clock, new_id
        )
        self.refresh = RefreshSession(work, access, refresh, MONTH, self.clock)
        self.log_out = LogOut(work, self.denylist, refresh, self.clock)
        self.authorize = AuthorizeCaller(access, self.denylist, self.clock)

    def claims(self, token: str) -> AccessClaims:
        return self.authorize(token)


@pytest.fixture
def sessions(store: PostgresStore) -> Sessions:
    return Sessions(store)


@pytest.fixture
def user(seed: Seed) -> User:
    return seed.a_customer(username="Ada", password_hash=WEAK.hash(PASSWORD))


def test_the_right_password_opens_a_session(sessions: Sessions, user: User) -> None:
    session = sessions.log_in("ada", PASSWORD, ADDRESS)
    claims = sessions.claims(session.access.token)
    assert (claims.user_id, claims.role) == (user.id, user.role)
    assert session.access.expires_in == 900


@pytest.mark.parametrize(
    ("name", "password"), [("Ada", "wrong"), ("nobody", PASSWORD), ("Ada", "")]
)
def test_wrong_credentials_are_refused_alike(
    sessions: Sessions, user: User, name: str, password: str
) -> None:
    with pytest.raises(InvalidCredentials) as refusal:
        sessions.log_in(name, password, ADDRESS)
    assert str(refusal.value) == str(InvalidCredentials())


def test_a_deactivated_user_cannot_sign_in_or_go_on(
    sessions: Sessions, user: User, seed: Seed
) -> None:
    session = sessions.log_in("Ada", PASSWORD, ADDRESS)
    with seed.engine.begin() as connection:
        connection.execute(update(users).where(users.c.id == user.id).values(is_active=False))
    with pytest.raises(InvalidCredentials):
        sessions.log_in("Ada", PASSWORD, ADDRESS)
    with pytest.raises(InvalidToken):
        sessions.refresh(session.refresh_token)


def test_after_too_many_tries_even_the_right_password_waits(sessions: Sessions, user: User) -> None:
    for _ in range(5):
        with pytest.raises(InvalidCredentials):
            sessions.log_in("Ada", "guess", ADDRESS)
    with pytest.raises(TooManyAttempts):
        sessions.log_in("Ada", PASSWORD, ADDRESS)


def test_an_outdated_hash_is_made_anew(store: PostgresStore, seed: Seed) -> None:
    outdated = Argon2Passwords(memory_kib=16, passes=1).hash(PASSWORD)
    user = seed.a_customer(username="Old", password_hash=outdated)
    Sessions(store).log_in("Old", PASSWORD, ADDRESS)
    with store.reading() as reading:
        renewed = reading.users.get(user.id).password_hash
    assert renewed != outdated
    assert WEAK.verify(PASSWORD, renewed)


def test_a_refresh_token_is_spent_for_one_successor(sessions: Sessions, user: User) -> None:
    first = sessions.log_in("Ada", PASSWORD, ADDRESS)
    second = sessions.refresh(first.refresh_token)
    sessions.clock.advance(29)
    again = sessions.refresh(first.refresh_token)
    assert again.refresh_token == second.refresh_token != first.refresh_token
    third = sessions.refresh(second.refresh_token)
    assert sessions.claims(third.access.token).user_id == user.id


def test_a_spent_token_that_comes_late_ends_the_session(sessions: Sessions, user: User) -> None:
    first = sessions.log_in("Ada", PASSWORD, ADDRESS)
    second = sessions.refresh(first.refresh_token)
    sessions.clock.advance(30)
    with pytest.raises(RefreshTokenReused):
        sessions.refresh(first.refresh_token)
    with pytest.raises(InvalidToken):
        sessions.refresh(second.refresh_token)


def test_refresh_tokens_expire(sessions: Sessions, user: User) -> None:
    session = sessions.log_in("Ada", PASSWORD, ADDRESS)
    sessions.clock.advance(MONTH.total_seconds())
    with pytest.raises(InvalidToken):
        sessions.refresh(session.refresh_token)


@pytest.mark.parametrize("token", ["", "x", "é", "\x00"])
def test_an_unknown_refresh_token_is_refused(sessions: Sessions, user: User, token: str) -> None:
    with pytest.raises(InvalidToken):
        sessions.refresh(token)


def test_logging_out_ends_the_session_and_no_other(sessions: Sessions, user: User) -> None:
    here = sessions.log_in("Ada", PASSWORD, ADDRESS)
    elsewhere = sessions.log_in("Ada", PASSWORD, ADDRESS)
    sessions.log_out(sessions.claims(here.access.token))
    with pytest.raises(InvalidToken):
        sessions.claims(here.access.token)
    with pytest.raises(InvalidToken):
        sessions.refresh(here.refresh_token)
    assert sessions.refresh(elsewhere.refresh_token).refresh_token


def test_a_refresh_token_given_along_ends_its_session_too(sessions: Sessions, user: User) -> None:
    here = sessions.log_in("Ada", PASSWORD, ADDRESS)
    elsewhere = sessions.log_in("Ada", PASSWORD, ADDRESS)
    sessions.log_out(sessions.claims(here.access.token), elsewhere.refresh_token)
    with pytest.raises(InvalidToken):
        sessions.refresh(elsewhere.refresh_token)


def test_nobody_can_log_somebody_else_out(sessions: Sessions, user: User, seed: Seed) -> None:
    seed.a_customer(username="Eve", password_hash=WEAK.hash(PASSWORD))
    ada, eve = (sessions.log_in(name, PASSWORD, ADDRESS) for name in ("Ada", "Eve"))
    claims = sessions.claims(eve.access.token)
    sessions.log_out(claims, ada.refresh_token)
    sessions.log_out(replace(claims, token_id="another"), "never issued")
    assert sessions.refresh(ada.refresh_token).refresh_token


def test_access_tokens_expire(sessions: Sessions, user: User) -> None:
    session = sessions.log_in("Ada", PASSWORD, ADDRESS)
    sessions.clock.advance(900)
    with pytest.raises(InvalidToken):
        sessions.claims(session.access.token)
