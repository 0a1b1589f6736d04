"""The outbox, idempotency keys, refresh tokens and notifications."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from offers.adapters.postgres.outbox.outbox import DISPATCH_GRACE
from offers.adapters.postgres.tables import notifications, outbox
from offers.domain.errors.activation import IdempotencyKeyReused
from offers.domain.errors.sessions import InvalidToken
from offers.domain.idempotency import IdempotencyKey
from offers.domain.ids import NotificationId, OutboxMessageId, TokenFamilyId
from offers.domain.notification import Notice, Notification, NotificationStatus
from offers.domain.outbox import OutboxMessage, Topic
from offers.domain.refresh_token import RefreshToken
from tests.factories import NOW, new_id

if TYPE_CHECKING:
    from datetime import datetime

    from offers.adapters.postgres.store import PostgresStore
    from tests.seed import Seed

pytestmark = pytest.mark.integration

SECOND = timedelta(seconds=1)
DUE = NOW + DISPATCH_GRACE
LATER = DUE + timedelta(minutes=1)


def a_message(deliver_at: datetime = NOW) -> OutboxMessage:
    payload = {"text": "a\0b\ud800 ü", "list": [1, None, {"\0": True}], "tuple": ("x",)}
    return OutboxMessage(OutboxMessageId(new_id()), Topic.NOTIFICATION, payload, NOW, deliver_at)


def a_token(family: TokenFamilyId, user: object, token: bytes = b"t" * 32) -> RefreshToken:
    return RefreshToken(token, family, user, NOW, NOW + timedelta(days=30))  # type: ignore[arg-type]


def test_due_messages_are_taken_once_and_oldest_first(store: PostgresStore) -> None:
    late, early = a_message(NOW), a_message(NOW - SECOND)
    future = a_message(NOW + SECOND)
    with store.unit_of_work() as work:
        for message in (late, early, future):
            work.outbox.add(message)

    with store.reading() as reading:
        assert reading.outbox.take_due(DUE - 2 * SECOND, 10, LATER) == ()
        taken = reading.outbox.take_due(DUE, 10, LATER)
        assert [message.id for message in taken] == [early.id, late.id]
        assert [message.attempts for message in taken] == [1, 1]
        assert reading.outbox.take_due(DUE, 10, LATER) == ()
        again = reading.outbox.take_due(LATER, 2, LATER + SECOND)
        assert sorted(message.attempts for message in again) == [1, 2]


def test_payloads_come_back_with_what_json_can_hold(store: PostgresStore) -> None:
    with store.unit_of_work() as work:
        work.outbox.add(a_message())

    with store.reading() as reading:
        (message,) = reading.outbox.take_due(DUE, 10, LATER)
    assert message.payload == {
        "text": "a\ufffdb\ufffd ü",
        "list": [1, None, {"\ufffd": True}],
        "tuple": ["x"],
    }


def test_sent_messages_go_and_refused_ones_come_back_later(store: PostgresStore) -> None:
    sent, refused = a_message(), a_message()
    with store.unit_of_work() as work:
        work.outbox.add(sent)
        work.outbox.add(refused)

    with store.reading() as reading:
        reading.outbox.take_due(DUE, 10, LATER)
        reading.outbox.delete((sent,))
        reading.outbox.delete(())
        reading.outbox.postpone(refused, LATER + SECOND, "x" * 600)
        assert reading.outbox.take_due(LATER, 10, LATER) == ()
        (message,) = reading.outbox.take_due(LATER + SECOND, 10, LATER)
    assert (message.id, message.attempts) == (refused.id, 2)


def test_the_last_error_of_a_message_is_kept(seed: Seed, store: PostgresStore) -> None:
    message = a_message()
    with store.unit_of_work() as work:
        work.outbox.add(message)
        work.outbox.postpone(message, LATER, "queue is away" + "!" * 600)

    with seed.engine.connect() as connection:
        error = connection.execute(select(outbox.c.last_error)).scalar_one()
    assert error.startswith("queue is away!!!")
    assert len(error) == 500


def test_a_key_is_bound_to_its_first_result(store: PostgresStore) -> None:
    key, first = IdempotencyKey("user:1", "key", "print"), new_id()

    with store.unit_of_work() as work:
        assert work.idempotency.claim(key, first, NOW) == first
    with store.unit_of_work() as work:
        assert work.idempotency.claim(key, new_id(), NOW) == first
        assert work.idempotency.claim(key, new_id(), NOW) == first


def test_a_key_of_a_unit_that_broke_is_free(store: PostgresStore) -> None:
    key, second = IdempotencyKey("user:1", "key", "print"), new_id()

    def broken() -> None:
        with store.unit_of_work() as work:
            work.idempotency.claim(key, new_id(), NOW)
            raise LookupError

    with pytest.raises(LookupError):
        broken()
    with store.unit_of_work() as work:
        assert work.idempotency.claim(key, second, NOW) == second


def test_keys_belong_to_callers_and_to_requests(store: PostgresStore) -> None:
    key, other = IdempotencyKey("user:1", "key", "print"), new_id()
    with store.unit_of_work() as work:
        work.idempotency.claim(key, new_id(), NOW)
        assert work.idempotency.claim(replace(key, caller="user:2"), other, NOW) == other

    with pytest.raises(IdempotencyKeyReused), store.unit_of_work() as work:
        work.idempotency.claim(replace(key, fingerprint="another"), new_id(), NOW)


def test_old_keys_are_forgotten_a_few_at_a_time(store: PostgresStore) -> None:
    with store.unit_of_work() as work:
        for age in range(5):
            key = IdempotencyKey("user:1", f"key {age}", "print")
            work.idempotency.claim(key, new_id(), NOW - age * SECOND)

    with store.reading() as reading:
        assert reading.idempotency.delete_before(NOW - SECOND, 2) == 2
        assert reading.idempotency.delete_before(NOW - SECOND, 2) == 1
        assert reading.idempotency.delete_before(NOW - SECOND, 2) == 0


def test_a_token_is_spent_once_and_dies_with_its_family(seed: Seed, store: PostgresStore) -> None:
    user, family = seed.a_customer(), TokenFamilyId(new_id())
    token = a_token(family, user.id)

    with store.unit_of_work() as work:
        work.refresh_tokens.add(token)
        assert work.refresh_tokens.lock(token.token_hash) == token
        spent = token.spend(b"successor", NOW + SECOND)
        work.refresh_tokens.save(spent)
        assert work.refresh_tokens.lock(token.token_hash) == spent
        work.refresh_tokens.revoke_family(family, NOW + 2 * SECOND)
        work.refresh_tokens.revoke_family(family, NOW + 3 * SECOND)
        revoked = work.refresh_tokens.lock(token.token_hash)
        assert revoked == replace(spent, revoked_at=NOW + 2 * SECOND)
        with pytest.raises(InvalidToken):
            work.refresh_tokens.lock(b"unknown")


def test_expired_tokens_are_forgotten(seed: Seed, store: PostgresStore) -> None:
    token = a_token(TokenFamilyId(new_id()), seed.a_customer().id)
    with store.unit_of_work() as work:
        work.refresh_tokens.add(token)

    with store.reading() as reading:
        assert reading.refresh_tokens.delete_expired(token.expires_at, 10) == 0
        assert reading.refresh_tokens.delete_expired(token.expires_at + SECOND, 10) == 1


def test_a_notice_is_given_once(seed: Seed, store: PostgresStore) -> None:
    purchase = seed.a_purchase(user := seed.a_customer(), seed.an_offer())
    about_transaction = Notification(
        NotificationId(new_id()),
        user.id,
        Notice.ACTIVATION_SUCCEEDED,
        NOW,
        transaction_id=purchase.transaction.id,
    )
    about_period = Notification(
        NotificationId(new_id()),
        user.id,
        Notice.RENEWAL_FAILED,
        NOW,
        subscription_id=purchase.subscription.id,
        period=NOW,
    )
    for notification in (about_transaction, about_period):
        with store.unit_of_work() as work:
            assert work.notifications.add(notification)
            assert not work.notifications.add(replace(notification, id=NotificationId(new_id())))

    next_period = replace(about_period, id=NotificationId(new_id()), period=NOW + SECOND)
    with store.unit_of_work() as work:
        assert work.notifications.add(next_period)


def test_an_email_that_was_sent_stays_sent(seed: Seed, store: PostgresStore) -> None:
    notification = Notification(
        NotificationId(new_id()), seed.a_customer().id, Notice.RENEWAL_FAILED, NOW
    )

    def settled(status: NotificationStatus, error: str) -> tuple[str, str | None]:
        with store.reading() as reading:
            reading.notifications.settle(notification.id, status, NOW, error)
        with seed.engine.connect() as connection:
            row = connection.execute(select(notifications)).one()
        assert row.settled_at == NOW
        return row.status, row.error

    with store.unit_of_work() as work:
        work.notifications.add(notification)
    assert settled(NotificationStatus.FAILED, "bounced") == ("failed", "bounced")
    assert settled(NotificationStatus.SENT, "") == ("sent", None)
    assert settled(NotificationStatus.FAILED, "late") == ("sent", None)
