"""Notifications."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from offers.adapters.postgres.tables import notifications
from offers.domain.ids import NotificationId
from offers.domain.notification import Notice, Notification, NotificationStatus
from tests.factories import NOW, new_id

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from tests.seed import Seed

pytestmark = pytest.mark.integration

SECOND = timedelta(seconds=1)


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
        period_end=NOW,
    )
    for notification in (about_transaction, about_period):
        with store.unit_of_work() as work:
            assert work.notifications.add(notification)
            assert not work.notifications.add(replace(notification, id=NotificationId(new_id())))

    next_period = replace(about_period, id=NotificationId(new_id()), period_end=NOW + SECOND)
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
