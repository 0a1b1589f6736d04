"""Signing in, prolonging and ending a session, on the real database."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from offers.adapters.passwords.argon2_passwords import Argon2Passwords
from offers.adapters.postgres.tables import users
from offers.domain.errors.sessions import InvalidCredentials, InvalidToken, RefreshTokenReused
from offers.ports.errors import StoreUnavailable
from tests.integration.sessions.signing_in import ADDRESS, MONTH, PASSWORD, WEAK, Sessions

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from offers.domain.user import User
    from tests.seed import Seed


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


def test_a_user_changed_since_the_password_was_compared_is_not_let_in(
    sessions: Sessions, user: User, seed: Seed
) -> None:
    class ChangedMeanwhile(Argon2Passwords):
        def verify(self, password: str, password_hash: str | None) -> bool:
            with seed.engine.begin() as connection:
                connection.execute(update(users).values(version=users.c.version + 1))
            return super().verify(password, password_hash)

    meanwhile = replace(sessions.log_in, passwords=ChangedMeanwhile(memory_kib=8, passes=1))
    with pytest.raises(InvalidCredentials):
        meanwhile("Ada", PASSWORD, ADDRESS)


def test_an_outdated_hash_is_made_anew(store: PostgresStore, seed: Seed) -> None:
    outdated = Argon2Passwords(memory_kib=16, passes=1).hash(PASSWORD)
    user = seed.a_customer(username="Old", password_hash=outdated)
    Sessions(store).log_in("Old", PASSWORD, ADDRESS)
    with store.reading() as reading:
        renewed = reading.users.get(user.id).password_hash
    assert renewed != outdated
    assert WEAK.verify(PASSWORD, renewed)


def test_a_hash_of_a_password_as_it_was_typed_verifies_and_is_made_anew(
    sessions: Sessions, seed: Seed
) -> None:
    typed, composed = "Cafe\u0301 noir", "Caf\u00e9\u00a0noir"
    seed.a_customer(username="Rene", password_hash=WEAK._hasher.hash(typed))
    with pytest.raises(InvalidCredentials):
        sessions.log_in("Rene", composed, ADDRESS)
    sessions.log_in("Rene", typed, ADDRESS)
    assert sessions.log_in("Rene", composed, ADDRESS).refresh_token


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
    for each in (first, second):  # a thief's access token, and the owner's
        sessions.require_refused(each)


def test_refresh_tokens_expire(sessions: Sessions, user: User) -> None:
    session = sessions.log_in("Ada", PASSWORD, ADDRESS)
    sessions.clock.advance(MONTH.total_seconds())
    with pytest.raises(InvalidToken):
        sessions.refresh(session.refresh_token)


def test_a_session_ends_however_often_it_is_prolonged(sessions: Sessions, user: User) -> None:
    session = sessions.log_in("Ada", PASSWORD, ADDRESS)
    for _ in range(4):
        sessions.clock.advance(0.7 * MONTH.total_seconds())
        session = sessions.refresh(session.refresh_token)
    sessions.clock.advance(0.2 * MONTH.total_seconds() - 1)
    session = sessions.refresh(session.refresh_token)
    sessions.clock.advance(1)
    with pytest.raises(InvalidToken):
        sessions.refresh(session.refresh_token)


@pytest.mark.parametrize("token", ["", "x", "é", "\x00"])
def test_an_unknown_refresh_token_is_refused(sessions: Sessions, user: User, token: str) -> None:
    with pytest.raises(InvalidToken):
        sessions.refresh(token)


def test_logging_out_ends_the_session_and_no_other(sessions: Sessions, user: User) -> None:
    here = sessions.log_in("Ada", PASSWORD, ADDRESS)
    elsewhere = sessions.log_in("Ada", PASSWORD, ADDRESS)
    prolonged = sessions.refresh(here.refresh_token)
    sessions.log_out(sessions.claims(here.access.token))
    for each in (here, prolonged):  # every access token of the session
        sessions.require_refused(each)
    with pytest.raises(InvalidToken):
        sessions.refresh(prolonged.refresh_token)
    assert sessions.refresh(elsewhere.refresh_token).refresh_token


def test_logging_out_can_be_repeated_after_the_database_was_away(
    sessions: Sessions, user: User
) -> None:
    def away() -> Any:
        raise StoreUnavailable

    session = sessions.log_in("Ada", PASSWORD, ADDRESS)
    with pytest.raises(StoreUnavailable):
        replace(sessions.log_out, unit_of_work=away)(sessions.claims(session.access.token))
    sessions.log_out(sessions.claims(session.access.token))
    with pytest.raises(InvalidToken):
        sessions.refresh(session.refresh_token)


def test_a_refresh_token_given_along_ends_its_session_too(sessions: Sessions, user: User) -> None:
    here = sessions.log_in("Ada", PASSWORD, ADDRESS)
    elsewhere = sessions.log_in("Ada", PASSWORD, ADDRESS)
    sessions.log_out(sessions.claims(here.access.token), elsewhere.refresh_token)
    with pytest.raises(InvalidToken):
        sessions.refresh(elsewhere.refresh_token)
    sessions.require_refused(elsewhere)


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
    sessions.require_refused(session)
