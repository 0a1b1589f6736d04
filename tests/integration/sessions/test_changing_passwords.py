"""Choosing another password, on the real database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from offers.domain.errors.sessions import (
    InvalidCredentials,
    InvalidToken,
    PasswordNotAccepted,
    TooManyAttempts,
    WrongPassword,
)
from offers.domain.sign_in import TRIES_PER_USERNAME
from offers.ports.pages import PageRequest
from offers.ports.store.audit import AuditQuery
from offers.services.sessions.change_password import ChangePassword
from tests.integration.sessions.signing_in import ADDRESS, PASSWORD, WEAK, Sessions

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from tests.seed import Seed

NEW = "quite another phrase"


@pytest.fixture
def sessions(store: PostgresStore, seed: Seed) -> Sessions:
    """Of Ada."""
    seed.a_customer(username="Ada", password_hash=WEAK.hash(PASSWORD))
    return Sessions(store)


def change(sessions: Sessions, token: str, current: str = PASSWORD, wanted: str = NEW) -> None:
    sessions.make(ChangePassword)(sessions.claims(token), current, wanted)


def test_the_new_password_opens_and_the_old_one_no_longer(sessions: Sessions) -> None:
    change(sessions, sessions.log_in("Ada", PASSWORD, ADDRESS).access.token)

    with pytest.raises(InvalidCredentials):
        sessions.log_in("Ada", PASSWORD, ADDRESS)
    assert sessions.log_in("Ada", NEW, ADDRESS).refresh_token


def test_other_sessions_end_and_this_one_goes_on(sessions: Sessions) -> None:
    here, elsewhere = (sessions.log_in("Ada", PASSWORD, ADDRESS) for _ in "12")

    change(sessions, here.access.token)

    sessions.require_refused(elsewhere)
    with pytest.raises(InvalidToken):
        sessions.refresh(elsewhere.refresh_token)
    sessions.claims(sessions.refresh(here.refresh_token).access.token)


def test_the_current_password_is_needed_and_cannot_be_guessed(sessions: Sessions) -> None:
    token = sessions.log_in("Ada", PASSWORD, ADDRESS).access.token
    for _ in range(TRIES_PER_USERNAME):
        with pytest.raises(WrongPassword):
            change(sessions, token, current="a guess")
    with pytest.raises(TooManyAttempts):
        change(sessions, token)
    assert sessions.log_in("Ada", PASSWORD, ADDRESS).refresh_token, "signing in is another matter"


def test_a_refused_password_changes_nothing(sessions: Sessions) -> None:
    here, elsewhere = (sessions.log_in("Ada", PASSWORD, ADDRESS) for _ in "12")
    with pytest.raises(PasswordNotAccepted):
        change(sessions, here.access.token, wanted="password123")
    sessions.claims(elsewhere.access.token)
    assert sessions.log_in("Ada", PASSWORD, ADDRESS).refresh_token


def test_it_is_audited_without_the_password(sessions: Sessions, store: PostgresStore) -> None:
    change(sessions, sessions.log_in("Ada", PASSWORD, ADDRESS).access.token)

    with store.reading() as reading:
        (event,) = reading.audit.page(AuditQuery(), PageRequest()).items
    assert (event.action, event.actor) == ("user.password_changed", event.subject)
    assert NEW not in repr(event)
    assert PASSWORD not in repr(event)
