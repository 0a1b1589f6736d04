"""Sessions and their refresh tokens, as they are stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from offers.domain.errors.sessions import InvalidToken
from offers.domain.ids import UserId
from offers.ports.store.sessions import Claimant, Presented
from tests.factories import NOW, a_refresh_token, a_session, new_id

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from offers.domain.session import Session
    from tests.seed import Seed

pytestmark = pytest.mark.integration

SECOND = timedelta(seconds=1)


def opened(store: PostgresStore, *sessions: Session) -> None:
    """Each with a token of its own, which its id names."""
    with store.unit_of_work() as work:
        for each in sessions:
            work.sessions.open(each, a_refresh_token(each, each.id.bytes))


def test_a_token_is_spent_once_and_dies_with_its_session(seed: Seed, store: PostgresStore) -> None:
    session = a_session(user := seed.a_customer())
    token = a_refresh_token(session)
    successor = replace(token, token_hash=b"successor")

    with store.unit_of_work() as work:
        work.sessions.open(session, token)
        assert work.sessions.present(token.token_hash) == Presented(token, session, user)
        spent = token.spend(successor.token_hash, NOW + SECOND)
        work.sessions.rotate(spent, successor)
        assert work.sessions.present(token.token_hash).token == spent
        work.sessions.revoke([session.id], NOW + 2 * SECOND)
        work.sessions.revoke([session.id], NOW + 3 * SECOND)
        revoked = work.sessions.present(successor.token_hash)
        assert revoked.session == replace(session, revoked_at=NOW + 2 * SECOND)
        with pytest.raises(InvalidToken):
            work.sessions.present(b"unknown")


def test_a_token_leads_to_its_session_for_its_owner_only(seed: Seed, store: PostgresStore) -> None:
    session = a_session(user := seed.a_customer())
    opened(store, session)

    with store.reading() as reading:
        assert reading.sessions.find_own(session.id.bytes, user.id) == session.id
        assert reading.sessions.find_own(session.id.bytes, UserId(new_id())) is None
        assert reading.sessions.find_own(b"unknown", user.id) is None


def test_all_sessions_of_a_user_are_ended_but_one(seed: Seed, store: PostgresStore) -> None:
    user = seed.a_customer()
    first, second, third = (a_session(user) for _ in range(3))
    foreign = a_session(seed.a_customer())
    opened(store, first, second, third, foreign)

    with store.unit_of_work() as work:
        work.sessions.revoke([third.id], NOW)
        assert work.sessions.revoke_all(user.id, NOW, but=first.id) == (second.id,)
        assert work.sessions.revoke_all(user.id, NOW) == (first.id,)
        assert work.sessions.revoke_all(user.id, NOW) == ()
        assert work.sessions.present(foreign.id.bytes).session == foreign


def test_a_user_is_found_by_name_and_known_where_they_have_been(
    seed: Seed, store: PostgresStore
) -> None:
    session = a_session(user := seed.a_customer(username="Ada.Lovelace"))
    opened(store, session)

    with store.reading() as reading:
        find = reading.sessions.find_claimant
        assert find("ada.lovelace", session.place) == Claimant(user, is_at_known_place=True)
        assert find("ada.lovelace", b"elsewhere") == Claimant(user, is_at_known_place=False)
        assert find("ada", session.place) is None


def test_expired_tokens_and_ended_sessions_are_forgotten(seed: Seed, store: PostgresStore) -> None:
    session = a_session(seed.a_customer())
    opened(store, session)
    expires_at = a_refresh_token(session).expires_at

    with store.reading() as reading:
        assert reading.sessions.delete_expired_tokens(expires_at, 10) == 0
        assert reading.sessions.delete_expired_tokens(expires_at + SECOND, 10) == 1
        assert reading.sessions.delete_ended(session.ends_at, 10) == 0
        assert reading.sessions.delete_ended(session.ends_at + SECOND, 10) == 1
