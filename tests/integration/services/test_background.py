"""The relay, pruning, outcomes and deliveries, on the real database."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from offers.adapters.postgres.tables import idempotency_keys, notifications, outbox, refresh_tokens
from offers.domain.idempotency import IdempotencyKey
from offers.domain.ids import NotificationId, TokenFamilyId
from offers.domain.notification import Notice, Notification, NotificationStatus
from offers.domain.refresh_token import RefreshToken
from offers.ports.outside.emails import EmailUnavailable
from offers.services.administration.prune_expired import PruneExpired
from offers.services.notifications.deliver_notification import DeliverNotification
from offers.services.notifications.record_notification_outcome import RecordOutcome
from offers.services.outbox.relay_outbox import RelayOutbox
from tests.fakes.clock import FakeClock
from tests.fakes.email import FakeEmailSender
from tests.fakes.queues import FakeOutcomeReports, FakeQueues

if TYPE_CHECKING:
    from sqlalchemy import Engine, Table

    from offers.adapters.postgres.store import PostgresStore
    from offers.domain.purchase import Purchase
    from tests.seed import Seed


def always() -> bool:
    return True


def count(engine: Engine, table: Table) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def purchase(seed: Seed, clock: FakeClock) -> Purchase:
    return seed.a_purchase(seed.a_customer(), seed.an_offer(), at=clock())


@pytest.fixture
def queues() -> FakeQueues:
    return FakeQueues()


@pytest.fixture
def relay(store: PostgresStore, queues: FakeQueues, clock: FakeClock) -> RelayOutbox:
    return RelayOutbox(store.unit_of_work, queues, clock)


def test_the_relay_leaves_fresh_messages_to_whoever_wrote_them(
    relay: RelayOutbox, purchase: Purchase
) -> None:
    assert relay(always) == {"sent": 0, "postponed": 0}


def test_the_relay_sends_what_was_left_behind_once(
    relay: RelayOutbox, purchase: Purchase, queues: FakeQueues, clock: FakeClock, engine: Engine
) -> None:
    clock.advance(31)
    assert relay(always) == {"sent": 1, "postponed": 0}
    assert relay(always) == {"sent": 0, "postponed": 0}
    assert [message.id for message in queues.sent] == [purchase.message.id]
    assert count(engine, outbox) == 0


def test_the_relay_waits_longer_while_the_queue_is_away(
    relay: RelayOutbox, purchase: Purchase, queues: FakeQueues, clock: FakeClock
) -> None:
    queues.is_away = True
    clock.advance(31)
    assert relay(always) == {"sent": 0, "postponed": 1}
    queues.is_away = False
    assert relay(always) == {"sent": 0, "postponed": 0}
    clock.advance(10)
    assert relay(always) == {"sent": 1, "postponed": 0}


def test_a_relay_that_dies_while_sending_is_succeeded(
    relay: RelayOutbox, purchase: Purchase, store: PostgresStore, clock: FakeClock
) -> None:
    clock.advance(31)
    with store.unit_of_work() as work:
        assert work.outbox.take_due(clock(), 10, clock() + timedelta(minutes=2))
    assert relay(always) == {"sent": 0, "postponed": 0}
    clock.advance(121)
    assert relay(always) == {"sent": 1, "postponed": 0}


def test_a_relay_without_time_does_nothing(relay: RelayOutbox, purchase: Purchase) -> None:
    assert relay(lambda: False) == {"sent": 0, "postponed": 0}


def test_old_keys_and_tokens_are_forgotten_and_no_younger_ones(
    store: PostgresStore, seed: Seed, clock: FakeClock, engine: Engine
) -> None:
    user = seed.a_customer()
    for hours in (23, 25):
        with store.unit_of_work() as work:
            key = IdempotencyKey.of("user:1", f"{hours} hours", "POST /activation", {})
            work.idempotency.claim(key, uuid4(), clock() - timedelta(hours=hours))
            work.refresh_tokens.add(
                RefreshToken(
                    token_hash=str(hours).encode(),
                    family_id=TokenFamilyId(uuid4()),
                    user_id=user.id,
                    created_at=clock() - timedelta(days=30),
                    expires_at=clock() - timedelta(hours=hours),
                )
            )
    prune = PruneExpired(store.unit_of_work, clock)
    nothing = {"idempotency_keys": 0, "refresh_tokens": 0, "webhook_deliveries": 0}
    assert prune(lambda: False) == nothing
    assert prune(always) == nothing | {"idempotency_keys": 1, "refresh_tokens": 1}
    assert (count(engine, idempotency_keys), count(engine, refresh_tokens)) == (1, 1)


@pytest.fixture
def notification(store: PostgresStore, purchase: Purchase, clock: FakeClock) -> Notification:
    transaction = purchase.transaction
    notification = Notification(
        NotificationId(uuid4()),
        transaction.user_id,
        Notice.ACTIVATION_SUCCEEDED,
        clock(),
        transaction.id,
    )
    with store.unit_of_work() as work:
        assert work.notifications.add(notification)
    return notification


def a_message(notification: Notification, to: str = "somebody@example.com") -> dict[str, Any]:
    return {
        "notification_id": str(notification.id),
        "notice": notification.notice,
        "to": to,
        "subject": "Subject",
        "text": "Text",
        "html": "<p>Text</p>",
    }


def test_a_delivery_is_reported_and_recorded(
    store: PostgresStore, notification: Notification, clock: FakeClock, engine: Engine
) -> None:
    sender, outcomes = FakeEmailSender(), FakeOutcomeReports()
    deliver = DeliverNotification(sender, outcomes, clock)
    assert deliver(a_message(notification)) is NotificationStatus.SENT
    sender.refused.add("gone@example.com")
    assert deliver(a_message(notification, "gone@example.com")) is NotificationStatus.FAILED

    record = RecordOutcome(store.unit_of_work)
    for outcome in outcomes.reported:  # the failure comes second, and does not undo what was sent
        record(outcome)
    with engine.connect() as connection:
        row = connection.execute(select(notifications)).mappings().one()
    assert row["status"] == "sent"


def test_an_outage_of_the_mail_service_is_for_another_delivery(
    notification: Notification, clock: FakeClock
) -> None:
    sender, outcomes = FakeEmailSender(), FakeOutcomeReports()
    sender.is_away = True
    with pytest.raises(EmailUnavailable):
        DeliverNotification(sender, outcomes, clock)(a_message(notification))
    assert outcomes.reported == []


@pytest.mark.parametrize("outcome", [{}, {"notification_id": "x", "status": "sent"}])
def test_what_is_not_an_outcome_is_refused(store: PostgresStore, outcome: dict[str, Any]) -> None:
    with pytest.raises((KeyError, ValueError)):
        RecordOutcome(store.unit_of_work)(outcome)
