"""Reminders: which, when, to whom, what they promise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from offers.domain.offer import OfferStatus
from offers.domain.user import EmailStatus

if TYPE_CHECKING:
    from tests.integration.worlds.subscriptions import World

pytestmark = pytest.mark.integration
DAY = timedelta(days=1)


def reminders(world: World, user: object) -> list[str]:
    return [key for key, _ in world.notices(user) if key.startswith("reminder")]  # type: ignore[arg-type]


def test_a_daily_run_reminds_at_each_configured_day_once(world: World) -> None:
    user, offer = world.seed.a_customer(), world.seed.an_offer()
    world.subscribe(user, offer)

    for _ in range(29):
        world.clock.now += DAY
        world.remind(times=2)

    assert reminders(world, user) == ["reminder_7", "reminder_3", "reminder_1"]
    assert len(world.emails(user)) == 4  # with the receipt of the activation


def test_a_missed_day_is_caught_up_by_the_most_urgent_reminder_only(world: World) -> None:
    user, offer = world.seed.a_customer(), world.seed.an_offer()
    world.subscribe(user, offer)

    world.clock.now += 28 * DAY
    world.remind()

    assert reminders(world, user) == ["reminder_3"]
    assert "in 2 days" in world.emails(user)[-1].subject


def test_the_last_one_may_come_on_the_last_day_but_not_after(world: World) -> None:
    user, offer = world.seed.a_customer(), world.seed.an_offer()
    world.subscribe(user, offer)
    world.clock.now += 30 * DAY - timedelta(minutes=1)
    world.remind()
    assert reminders(world, user) == ["reminder_1"]
    assert "today" in world.emails(user)[-1].subject

    late = world.seed.a_customer()
    world.clock.now -= 30 * DAY
    world.subscribe(late, offer)
    world.clock.now += 31 * DAY
    world.remind()
    assert reminders(world, late) == []


@pytest.mark.parametrize(
    ("zone", "at_home"),
    [("Pacific/Kiritimati", True), ("UTC", False), ("Pacific/Pago_Pago", False)],
)
def test_days_are_those_of_the_customers_calendar(world: World, zone: str, at_home: bool) -> None:
    """At 10:30 UTC it is tomorrow on Kiritimati (UTC+14) and still yesterday evening on Pago Pago
    (UTC−11); what ends at 09:00 UTC in eight days is seven midnights away on Kiritimati only if
    its end falls on the seventh local date."""
    world.clock.now = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
    user, offer = world.seed.a_customer(time_zone=zone), world.seed.an_offer()
    world.subscribe(user, offer)  # ends on 13 April, 09:00 UTC: 23:00 on Kiritimati

    world.clock.now = datetime(2026, 4, 5, 10, 30, tzinfo=UTC)  # 00:30 on the 6th on Kiritimati
    world.remind()

    assert reminders(world, user) == (["reminder_7"] if at_home else [])


def test_who_unsubscribed_gets_none_and_still_gets_receipts(world: World) -> None:
    user, offer = world.seed.a_customer(), world.seed.an_offer()
    with world.store.unit_of_work() as work:
        work.users.set_reminders(user.id, wanted=False, at=world.clock())
    subscription = world.subscribe(user, offer)
    world.clock.now += 28 * DAY
    world.remind()
    world.renew(user.id, subscription)
    world.process()

    told = [key for key, _ in world.notices(user)]
    assert told == ["activation_succeeded", "renewal_succeeded"]
    assert len(world.emails(user)) == 2


def test_a_reminder_has_the_headers_of_one_click_unsubscribing(world: World) -> None:
    user, offer = world.seed.a_customer(), world.seed.an_offer()
    world.subscribe(user, offer)
    world.clock.now += 24 * DAY
    world.remind()

    receipt, reminder = world.emails(user)
    link = (
        f"https://api.example.com/api/v1/notifications/unsubscribe?token={user.unsubscribe_token}"
    )
    assert receipt.headers == {}
    assert reminder.headers == {
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert link in reminder.text


@pytest.mark.parametrize("status", [EmailStatus.BOUNCED, EmailStatus.COMPLAINED])
def test_nothing_is_sent_to_a_dead_address_and_that_is_recorded(
    world: World, status: EmailStatus
) -> None:
    user, offer = world.seed.a_customer(), world.seed.an_offer()
    with world.store.unit_of_work() as work:
        assert work.users.mark_address(user.email.upper(), status) == 1
    world.subscribe(user, offer)
    world.clock.now += 24 * DAY
    world.remind(times=2)

    assert world.notices(user) == [
        ("activation_succeeded", "suppressed"),
        ("reminder_7", "suppressed"),
    ]
    assert world.emails(user) == []


def test_who_cancelled_or_was_deactivated_is_not_reminded(world: World) -> None:
    user, offer = world.seed.a_customer(), world.seed.an_offer()
    other = world.seed.a_customer()
    world.cancel(user.id, world.subscribe(user, offer))
    world.subscribe(other, offer)
    with world.seed.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE users SET is_active = false WHERE id = %s", (str(other.id),)
        )
    world.clock.now += 24 * DAY
    world.remind()

    assert reminders(world, user) == reminders(world, other) == []


def test_a_renewed_period_is_reminded_of_anew(world: World) -> None:
    user, offer = world.seed.a_customer(), world.seed.an_offer()
    subscription = world.subscribe(user, offer)
    world.clock.now += 24 * DAY
    world.remind()
    world.renew(user.id, subscription)
    world.remind()  # while the renewal is open
    world.process()
    world.remind()
    assert reminders(world, user) == ["reminder_7"]

    world.clock.now += 30 * DAY
    world.remind()
    assert reminders(world, user) == ["reminder_7", "reminder_7"]


def test_a_reminder_says_whether_the_balance_suffices(world: World) -> None:
    rich, poor = world.seed.a_customer("100.00"), world.seed.a_customer("30.00")
    offer = world.seed.an_offer("29.99")
    for user in (rich, poor):
        subscription = world.subscribe(user, offer)
        world.set_auto_renew(user.id, subscription, auto_renew=True)
    world.clock.now += 24 * DAY
    world.remind()

    assert "which suffices" in world.emails(rich)[-1].text
    assert "top up at least €29.98" in world.emails(poor)[-1].text


def test_a_changed_price_is_announced_and_a_rise_after_that_waits(world: World) -> None:
    user, offer = world.seed.a_customer("100.00"), world.seed.an_offer("29.99")
    subscription = world.subscribe(user, offer)
    world.reprice(offer, 3199)
    world.clock.now += 24 * DAY
    world.remind()
    assert "from €29.99 to €31.99" in world.emails(user)[-1].text

    world.reprice(offer, 4999)
    world.clock.now += 4 * DAY
    world.remind()
    assert "from €29.99 to €31.99" in world.emails(user)[-1].text

    world.renew(user.id, subscription)  # by hand: the promise holds too
    assert world.balance(user.id) == 100_00 - 29_99 - 31_99


def test_a_retired_offer_goes_on_for_who_has_it_and_a_draft_does_not(world: World) -> None:
    user = world.seed.a_customer()
    retired, draft = world.seed.an_offer(), world.seed.an_offer()
    world.subscribe(user, retired)
    world.subscribe(user, draft)
    for offer, status in ((retired, OfferStatus.RETIRED), (draft, OfferStatus.DRAFT)):
        with world.seed.engine.begin() as connection:
            connection.exec_driver_sql(
                "UPDATE offers SET status = %s WHERE id = %s", (status, str(offer.id))
            )
    world.clock.now += 24 * DAY
    world.remind()

    first, second = (email.text for email in world.emails(user)[-2:])
    texts = first + second
    assert texts.count("To keep it") == 1
    assert texts.count("cannot be renewed any more") == 1
