"""Forgotten passwords, on the real database."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from offers.adapters.postgres.tables import password_resets
from offers.domain.errors.administration import NotPermitted
from offers.domain.errors.sessions import (
    InvalidCredentials,
    InvalidToken,
    PasswordNotAccepted,
    ResetLinkInvalid,
    TooManyAttempts,
)
from offers.domain.outbox import Topic
from offers.domain.password_reset import LIFETIME
from offers.domain.sign_in import RESETS_PER_ADDRESS, TRIES_PER_USERNAME
from offers.domain.user import Role
from offers.services.passwords.request_reset import RequestPasswordReset
from offers.services.passwords.reset_links import ResetLinks
from offers.services.passwords.reset_password import ResetPassword
from offers.services.passwords.send_password_reset import SendPasswordReset
from tests.fakes.queues import FakeQueues
from tests.integration.sessions.signing_in import ADDRESS, PASSWORD, WEAK, Sessions

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from offers.domain.user import User
    from tests.seed import Seed

NEW = "quite another phrase"
EMAIL = "ada@example.com"


class Forgetting:
    """Whoever has forgotten a password, what they are sent, and how long it takes."""

    def __init__(self, store: PostgresStore) -> None:
        self.queues, self.slept = FakeQueues(), list[float]()
        self.sessions = Sessions(
            store,
            queues=self.queues,
            sleep=self.slept.append,
            reset_links=ResetLinks("https://api.example.com"),
        )
        make = self.sessions.make
        self.request, self.reset = make(RequestPasswordReset), make(ResetPassword)
        self.send = make(SendPasswordReset)

    def tokens(self) -> list[str]:
        """Of the links sent until now, in order."""
        texts = [str(each.content) for each in self.queues.on(Topic.NOTIFICATION)]
        return [re.findall(r"token=([\w-]{43})", text)[0] for text in texts]


@pytest.fixture
def forgetting(store: PostgresStore) -> Forgetting:
    return Forgetting(store)


@pytest.fixture
def user(seed: Seed) -> User:
    return seed.a_customer(username="Ada", email=EMAIL, password_hash=WEAK.hash(PASSWORD))


def test_the_link_opens_the_account_and_ends_every_session(
    forgetting: Forgetting, user: User
) -> None:
    sessions = forgetting.sessions
    opened = sessions.log_in("Ada", PASSWORD, ADDRESS)
    forgetting.request(EMAIL.upper(), ADDRESS)
    (token,) = forgetting.tokens()

    forgetting.reset(token, NEW, ADDRESS)

    sessions.require_refused(opened)
    with pytest.raises(InvalidToken):
        sessions.refresh(opened.refresh_token)
    with pytest.raises(InvalidCredentials):
        sessions.log_in("Ada", PASSWORD, ADDRESS)
    assert sessions.log_in("Ada", NEW, ADDRESS).refresh_token


def test_a_link_works_once_and_takes_the_others_with_it(forgetting: Forgetting, user: User) -> None:
    for _ in "12":
        forgetting.request(EMAIL, ADDRESS)
    first, second = forgetting.tokens()

    def use(_number: int) -> bool:
        try:
            forgetting.reset(first, NEW, ADDRESS)
        except ResetLinkInvalid:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(use, range(4))) == 1
    with pytest.raises(ResetLinkInvalid):
        forgetting.reset(second, NEW, ADDRESS)


def test_a_link_is_good_for_half_an_hour(forgetting: Forgetting, user: User) -> None:
    forgetting.request(EMAIL, ADDRESS)
    forgetting.sessions.clock.advance(LIFETIME.total_seconds())
    with pytest.raises(ResetLinkInvalid):
        forgetting.reset(forgetting.tokens()[0], NEW, ADDRESS)


def test_a_refused_password_leaves_the_link(forgetting: Forgetting, user: User) -> None:
    forgetting.request(EMAIL, ADDRESS)
    (token,) = forgetting.tokens()
    with pytest.raises(PasswordNotAccepted):
        forgetting.reset(token, "password123", ADDRESS)
    forgetting.reset(token, NEW, ADDRESS)


def test_nobody_is_told_whether_an_address_is_known(
    forgetting: Forgetting, user: User, seed: Seed
) -> None:
    seed.a_customer(email="gone@example.com", is_active=False)
    for email in (EMAIL, "nobody@example.com", "gone@example.com", "\0"):
        forgetting.request(email, ADDRESS)
    assert forgetting.slept == [1.0] * 4, "each takes the same time"
    assert len(forgetting.tokens()) == 1


def test_a_mailbox_cannot_be_filled(forgetting: Forgetting, user: User) -> None:
    for number in range(RESETS_PER_ADDRESS):
        forgetting.request(EMAIL, f"192.0.2.{number}")
    for email in (EMAIL, "Ada@Example.com"):
        with pytest.raises(TooManyAttempts):
            forgetting.request(email, "192.0.2.99")
    assert len(forgetting.tokens()) == RESETS_PER_ADDRESS


def test_who_shares_an_address_gets_a_link_each(
    forgetting: Forgetting, user: User, seed: Seed
) -> None:
    other = seed.a_customer(username="Bob", email=EMAIL, password_hash=WEAK.hash(PASSWORD))
    forgetting.request(EMAIL, ADDRESS)
    assert len(forgetting.tokens()) == 2
    for token in forgetting.tokens():
        forgetting.reset(token, NEW, ADDRESS)
    for each in (user, other):
        assert forgetting.sessions.log_in(each.username, NEW, ADDRESS).refresh_token


def test_an_owner_who_is_kept_out_gets_in(forgetting: Forgetting, user: User) -> None:
    for _ in range(TRIES_PER_USERNAME):
        with pytest.raises(InvalidCredentials):
            forgetting.sessions.log_in("Ada", "a guess", "198.51.100.7")
    with pytest.raises(TooManyAttempts):
        forgetting.sessions.log_in("Ada", PASSWORD, ADDRESS)
    forgetting.request(EMAIL, ADDRESS)
    forgetting.reset(forgetting.tokens()[0], NEW, ADDRESS)
    assert forgetting.sessions.log_in("Ada", NEW, ADDRESS).refresh_token


def test_only_a_hash_of_the_token_is_stored(forgetting: Forgetting, user: User, seed: Seed) -> None:
    forgetting.request(EMAIL, ADDRESS)
    (token,) = forgetting.tokens()
    with seed.engine.connect() as connection:
        (row,) = connection.execute(password_resets.select()).all()
    assert token.encode() not in bytes(row.token_hash)
    assert row.expires_at - row.created_at == timedelta(minutes=30)


def test_administrators_send_a_link_and_say_why(
    forgetting: Forgetting, user: User, seed: Seed
) -> None:
    admin = seed.a_customer(role=Role.ADMIN)
    forgetting.send(admin.id, user.id, "locked out, ticket 4711")
    with pytest.raises(NotPermitted):
        forgetting.send(user.id, user.id, "myself")

    forgetting.reset(forgetting.tokens()[0], NEW, ADDRESS)
    with seed.engine.connect() as connection:
        told = connection.exec_driver_sql("SELECT action, reason FROM audit_events ORDER BY id")
        assert [tuple(row) for row in told] == [
            ("user.password_reset_sent", "locked out, ticket 4711"),
            ("user.password_changed", "Reset by email"),
        ]
