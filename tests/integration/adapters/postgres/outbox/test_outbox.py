"""The outbox."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, select

from offers.adapters.postgres.tables import outbox
from offers.domain.ids import OutboxMessageId, WebhookDeliveryId
from offers.domain.messages import CustomerEmail, WebhookDue
from offers.domain.outbox import OutboxMessage, Topic
from offers.domain.waiting import DISPATCH_GRACE
from tests.contract.values import an_email
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
    email = an_email(text="a\0b\ud800 ü", headers={"X-\0": "ü"})
    return OutboxMessage(OutboxMessageId(new_id()), email, NOW, deliver_at)


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


def test_contents_come_back_with_what_json_can_hold(store: PostgresStore) -> None:
    with store.unit_of_work() as work:
        work.outbox.add(a_message())

    with store.reading() as reading:
        (message,) = reading.outbox.take_due(DUE, 10, LATER)
    assert isinstance(message.content, CustomerEmail)
    assert message.content.text == "a\ufffdb\ufffd ü"
    assert message.content.headers == {"X-\ufffd": "ü"}


def test_a_row_from_before_kinds_is_read(seed: Seed, store: PostgresStore) -> None:
    delivery = WebhookDue(WebhookDeliveryId(new_id()), 3)
    _write_row(seed, {"delivery_id": str(delivery.delivery_id), "attempt": 3}, Topic.WEBHOOK)

    with store.reading() as reading:
        (message,) = reading.outbox.take_due(DUE, 10, LATER)
    assert message.content == delivery
    assert message.topic is Topic.WEBHOOK


def test_a_row_that_cannot_be_read_stays_and_holds_up_no_other(
    seed: Seed, store: PostgresStore, caplog: pytest.LogCaptureFixture
) -> None:
    _write_row(seed, {"kind": "of the future", "text": "private"}, Topic.NOTIFICATION)
    with store.unit_of_work() as work:
        work.outbox.add(readable := a_message())

    with store.reading() as reading:
        (taken,) = reading.outbox.take_due(DUE, 10, LATER)
    assert taken.id == readable.id
    with seed.engine.connect() as connection:
        assert len(connection.execute(select(outbox.c.id)).all()) == 2
    assert "left in the outbox" in caplog.text
    assert "private" not in caplog.text


def _write_row(seed: Seed, payload: dict[str, Any], topic: Topic) -> None:
    """As other code than this wrote it."""
    moments = dict.fromkeys(("created_at", "deliver_at", "dispatch_after"), NOW)
    row = {"id": new_id(), "topic": topic, "payload": payload, "attempts": 0, **moments}
    with seed.engine.begin() as connection:
        connection.execute(insert(outbox), row)


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
