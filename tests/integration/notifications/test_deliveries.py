"""Emails from their queue to the recorded outcome, on the real database."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select

from offers.adapters.postgres.tables import notifications
from offers.domain.ids import NotificationId
from offers.domain.messages import CustomerEmail, EmailOutcome, PartnerEmail
from offers.domain.notification import Notice, Notification, NotificationStatus
from offers.domain.user import EmailStatus
from offers.ports import message_codec
from offers.ports.outside.emails import EmailUnavailable
from offers.services.notifications.deliver_notification import DeliverNotification
from offers.services.notifications.record_notification_outcome import RecordNotificationOutcome
from tests.contract.values import an_email
from tests.fakes.clock import FakeClock
from tests.fakes.email import FakeEmailSender
from tests.fakes.queues import FakeOutcomeReports

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from offers.adapters.postgres.store import PostgresStore
    from offers.domain.purchase import Purchase
    from tests.seed import Seed


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def purchase(seed: Seed, clock: FakeClock) -> Purchase:
    return seed.a_purchase(seed.a_customer(), seed.an_offer(), at=clock())


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


def a_message(notification: Notification, to: str = "somebody@example.com") -> CustomerEmail:
    return an_email(notification_id=notification.id, to=to)


def test_a_delivery_is_reported_and_recorded(
    store: PostgresStore, notification: Notification, clock: FakeClock, engine: Engine
) -> None:
    sender, outcomes = FakeEmailSender(), FakeOutcomeReports()
    deliver = DeliverNotification(sender, outcomes, clock)
    assert deliver(a_message(notification)) is NotificationStatus.SENT
    sender.refused.add("gone@example.com")
    assert deliver(a_message(notification, "gone@example.com")) is NotificationStatus.FAILED

    record = RecordNotificationOutcome(store.unit_of_work)
    for outcome in outcomes.reported:  # the failure comes second, and does not undo what was sent
        assert isinstance(outcome, EmailOutcome)
        record(outcome)
    with engine.connect() as connection:
        row = connection.execute(select(notifications)).mappings().one()
    assert row["status"] == "sent"


def test_an_address_that_the_mail_service_refuses_is_marked(
    store: PostgresStore, notification: Notification, clock: FakeClock, seed: Seed
) -> None:
    sender, outcomes = FakeEmailSender(), FakeOutcomeReports()
    with store.reading() as reading:
        user, stranger = reading.users.get(notification.user_id), seed.a_customer()
    sender.no_addresses.add(user.email)
    assert DeliverNotification(sender, outcomes, clock)(a_message(notification, user.email)) is (
        NotificationStatus.FAILED
    )
    record = RecordNotificationOutcome(store.unit_of_work)
    for outcome in outcomes.reported:
        assert isinstance(outcome, EmailOutcome)
        assert message_codec.read(message_codec.write(outcome)) == outcome
        record(outcome)
    with store.reading() as reading:
        assert reading.users.get(user.id).email_status is EmailStatus.BOUNCED
        assert reading.users.get(stranger.id).email_status is EmailStatus.DELIVERABLE


def test_an_outage_of_the_mail_service_is_for_another_delivery(
    notification: Notification, clock: FakeClock
) -> None:
    sender, outcomes = FakeEmailSender(), FakeOutcomeReports()
    sender.is_away = True
    with pytest.raises(EmailUnavailable):
        DeliverNotification(sender, outcomes, clock)(a_message(notification))
    assert outcomes.reported == []


@pytest.mark.parametrize("is_refused", [False, True])
def test_a_partners_email_is_sent_and_its_outcome_recorded_nowhere(
    clock: FakeClock, is_refused: bool
) -> None:
    sender, outcomes = FakeEmailSender(), FakeOutcomeReports()
    sender.refused |= {"ops@partner.example.com"} if is_refused else set()
    words = ("ops@partner.example.com", "Hello", "Hello.", "<p>Hello.</p>")
    email = PartnerEmail(NotificationId(uuid4()), *words)

    status = DeliverNotification(sender, outcomes, clock)(email)

    assert status is (NotificationStatus.FAILED if is_refused else NotificationStatus.SENT)
    assert outcomes.reported == []
