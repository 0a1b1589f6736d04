"""Who guesses passwords, and who is not kept out by that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from offers.domain.errors.sessions import InvalidCredentials, TooManyAttempts
from offers.domain.sign_in import TRIES_PER_NETWORK, TRIES_PER_USERNAME
from offers.domain.user import Role
from tests.integration.sessions.signing_in import ADDRESS, PASSWORD, WEAK, Sessions

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from tests.seed import Seed

ELSEWHERE, THIRD = "198.51.100.7", "2001:db8:7::7"


@pytest.fixture(params=list(Role))
def sessions(request: pytest.FixtureRequest, store: PostgresStore, seed: Seed) -> Sessions:
    """Of Ada, a customer or an administrator."""
    seed.a_customer(username="Ada", password_hash=WEAK.hash(PASSWORD), role=request.param)
    return Sessions(store)


def guess(sessions: Sessions, address: str, name: str = "Ada") -> None:
    with pytest.raises(InvalidCredentials):
        sessions.log_in(name, "a guess", address)


def test_after_too_many_tries_even_the_right_password_waits(sessions: Sessions) -> None:
    for _ in range(TRIES_PER_USERNAME):
        guess(sessions, ADDRESS)
    with pytest.raises(TooManyAttempts):
        sessions.log_in("Ada", PASSWORD, ADDRESS)


def test_strangers_cannot_keep_the_owner_out(sessions: Sessions) -> None:
    session = sessions.log_in("ada", PASSWORD, ADDRESS)
    sessions.log_out(sessions.claims(session.access.token))

    for _ in range(TRIES_PER_USERNAME):
        guess(sessions, ELSEWHERE)

    for stranger in (ELSEWHERE, THIRD):
        with pytest.raises(TooManyAttempts):
            sessions.log_in("Ada", PASSWORD, stranger)
    for _ in range(2 * TRIES_PER_USERNAME):
        assert sessions.log_in("ADA", PASSWORD, ADDRESS).refresh_token


def test_the_owners_sign_ins_give_strangers_no_new_tries(sessions: Sessions) -> None:
    sessions.log_in("ada", PASSWORD, ADDRESS)
    for _ in range(TRIES_PER_USERNAME):
        guess(sessions, ELSEWHERE)
        sessions.log_in("ada", PASSWORD, ADDRESS)
    with pytest.raises(TooManyAttempts):
        sessions.log_in("Ada", "a guess", ELSEWHERE)


def test_where_one_has_been_guesses_are_counted_too(sessions: Sessions) -> None:
    sessions.log_in("ada", PASSWORD, ADDRESS)
    for _ in range(TRIES_PER_USERNAME):
        guess(sessions, ADDRESS)
    with pytest.raises(TooManyAttempts):
        sessions.log_in("ada", PASSWORD, ADDRESS)


def test_neighbours_who_guess_other_names_do_not_keep_the_owner_out(sessions: Sessions) -> None:
    sessions.log_in("ada", PASSWORD, ADDRESS)
    for number in range(TRIES_PER_NETWORK):
        guess(sessions, ADDRESS, f"name {number}")
    with pytest.raises(TooManyAttempts):
        sessions.log_in("somebody", PASSWORD, ADDRESS)
    assert sessions.log_in("ada", PASSWORD, ADDRESS).refresh_token
