"""Automatic renewal: once a period, at no more than was announced, tried until grace ends."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from offers.domain.due_task import DueTask, SubscriptionStep, Task
from offers.domain.errors.catalogue import OfferNotAvailable
from offers.domain.errors.subscriptions import SubscriptionNotFound
from offers.domain.ids import SubscriptionId
from offers.domain.subscription import SubscriptionStatus
from tests.factories import new_id
from tests.fakes.provisioning import Mode

if TYPE_CHECKING:
    from offers.domain.offer import Offer
    from offers.domain.user import User
    from tests.integration.worlds.subscriptions import World

pytestmark = pytest.mark.integration
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def renewing(world: World, user: User, offer: Offer) -> SubscriptionId:
    subscription = world.subscribe(user, offer)
    world.set_auto_renew(user.id, subscription, auto_renew=True)
    return subscription


def told(world: World, user: User) -> list[str]:
    return [key for key, _ in world.notices(user)][1:]  # after the activation's receipt


def test_a_period_is_charged_and_extended_once_however_often_the_sweep_runs(world: World) -> None:
    user, offer = world.seed.a_customer("100.00"), world.seed.an_offer("29.99")
    subscription = renewing(world, user, offer)
    end = world.subscription(subscription).expires_at
    assert end is not None

    world.clock.now = end - 25 * HOUR
    world.sweep()
    assert told(world, user) == []
    world.clock.now = end - 24 * HOUR
    for _ in range(3):
        world.sweep(times=2)
        world.clock.now += HOUR

    assert world.balance(user.id) == 100_00 - 2 * 29_99
    assert world.subscription(subscription).expires_at == end + 30 * DAY
    assert told(world, user) == ["renewal_succeeded"]


def test_the_ledger_says_that_the_system_renewed(world: World) -> None:
    user, offer = world.seed.a_customer("100.00"), world.seed.an_offer("29.99")
    renewing(world, user, offer)
    world.clock.now += 29 * DAY
    world.sweep()

    with world.seed.engine.connect() as connection:
        actors = connection.exec_driver_sql(
            "SELECT actor FROM ledger_entries WHERE kind = 'charge' ORDER BY sequence"
        ).scalars()
        assert list(actors) == [f"user:{user.id}", "system:auto_renew"]


def test_an_empty_balance_is_told_each_day_until_grace_ends_and_then_the_service_ends(
    world: World,
) -> None:
    user, offer = world.seed.a_customer("30.00"), world.seed.an_offer("29.99")
    subscription = renewing(world, user, offer)
    end = world.subscription(subscription).expires_at
    assert end is not None

    world.clock.now = end - 24 * HOUR
    while world.clock.now <= end + 3 * DAY:
        is_over = world.clock.now >= end + 3 * DAY
        world.sweep(times=2)
        found = world.subscription(subscription).status
        assert found is (SubscriptionStatus.EXPIRED if is_over else SubscriptionStatus.ACTIVE)
        world.clock.now += 6 * HOUR

    tries = [f"renewal_unpaid_{number}" for number in (1, 2, 3, 4)]
    assert told(world, user) == [*tries, "subscription_ended"]
    assert world.balance(user.id) == 1
    texts = [email.text for email in world.emails(user)]
    assert all("We will try again on" in text for text in texts[1:4])
    assert "We will not try again" in texts[4]


def test_a_top_up_during_grace_saves_the_service(world: World) -> None:
    user, offer = world.seed.a_customer("30.00"), world.seed.an_offer("29.99")
    subscription = renewing(world, user, offer)
    end = world.subscription(subscription).expires_at
    assert end is not None
    world.clock.now = end - 24 * HOUR
    world.sweep()
    world.top_up(user, 5000)
    world.clock.now = end + DAY
    world.sweep()

    assert told(world, user) == ["renewal_unpaid_1", "renewal_succeeded"]
    assert world.subscription(subscription).expires_at == end + 31 * DAY


def test_schedules_that_stood_still_cost_nobody_the_service(world: World) -> None:
    user, offer = world.seed.a_customer("100.00"), world.seed.an_offer("29.99")
    subscription = renewing(world, user, offer)
    world.clock.now += 90 * DAY
    world.sweep()

    assert world.subscription(subscription).expires_at == world.clock.now + 30 * DAY
    assert world.balance(user.id) == 100_00 - 2 * 29_99


@pytest.mark.parametrize(
    ("announced", "price_then", "charged"),
    [(None, 3999, 2999), (None, 1999, 1999), (3199, 3999, 3199), (3199, 1999, 1999)],
)
def test_the_charge_is_never_above_what_was_announced(
    world: World, announced: int | None, price_then: int, charged: int
) -> None:
    user, offer = world.seed.a_customer("200.00"), world.seed.an_offer("29.99")
    renewing(world, user, offer)
    world.clock.now += 24 * DAY
    if announced is not None:
        world.reprice(offer, announced)
        world.remind()
    world.reprice(offer, price_then)
    world.clock.now += 5 * DAY
    world.sweep()

    assert world.balance(user.id) == 200_00 - 29_99 - charged


def test_a_refused_renewal_gives_the_money_back_and_is_tried_again_next_day(world: World) -> None:
    user, offer = world.seed.a_customer("100.00"), world.seed.an_offer("29.99")
    subscription = renewing(world, user, offer)
    world.clock.now += 29 * DAY
    world.provisioning.mode = Mode.REJECT
    world.sweep()
    world.sweep()
    assert world.balance(user.id) == 100_00 - 29_99
    assert told(world, user) == ["renewal_failed"]

    world.provisioning.mode = Mode.OK
    world.clock.now += DAY
    world.sweep()
    assert told(world, user) == ["renewal_failed", "renewal_succeeded"]
    assert world.subscription(subscription).price.amount_minor == 29_99


def test_a_refused_renewal_can_be_made_by_hand_at_once(world: World) -> None:
    user, offer = world.seed.a_customer("100.00"), world.seed.an_offer("29.99")
    subscription = renewing(world, user, offer)
    world.clock.now += 29 * DAY
    world.provisioning.mode = Mode.REJECT
    world.sweep()
    world.provisioning.mode = Mode.OK
    world.renew(user.id, subscription)
    world.process()
    world.sweep()

    assert told(world, user) == ["renewal_failed", "renewal_succeeded"]
    assert world.balance(user.id) == 100_00 - 2 * 29_99


def test_a_renewal_by_hand_leaves_nothing_to_renew(world: World) -> None:
    user, offer = world.seed.a_customer("100.00"), world.seed.an_offer("29.99")
    subscription = renewing(world, user, offer)
    world.clock.now += 29 * DAY
    world.renew(user.id, subscription)  # open when the sweep comes
    task = DueTask(Task.RENEW, subscription)
    assert world.advance(task).step is SubscriptionStep.NOTHING_DUE
    world.sweep()

    assert world.balance(user.id) == 100_00 - 2 * 29_99


def test_switching_it_off_or_cancelling_stops_it_and_back_on_starts_it(world: World) -> None:
    user, offer = world.seed.a_customer("100.00"), world.seed.an_offer("29.99")
    subscription = renewing(world, user, offer)
    world.cancel(user.id, subscription)
    world.clock.now += 29 * DAY
    world.sweep()
    assert told(world, user) == []

    world.set_auto_renew(user.id, subscription, auto_renew=True)
    world.sweep()
    assert told(world, user) == ["renewal_succeeded"]


@pytest.mark.parametrize(("days", "hours_before"), [(1, 6), (2, 12), (7, 24), (31, 24)])
def test_a_short_offer_renews_in_its_last_quarter(
    world: World, days: int, hours_before: int
) -> None:
    user = world.seed.a_customer("100.00")
    subscription = renewing(world, user, world.seed.an_offer("1.00", duration_days=days))
    world.clock.now += days * DAY - hours_before * HOUR - timedelta(seconds=1)
    world.sweep()
    assert told(world, user) == []

    world.clock.now += timedelta(seconds=1)
    world.sweep()
    world.sweep()
    assert told(world, user) == ["renewal_succeeded"]
    assert world.subscription(subscription).expires_at is not None


def test_nothing_is_bought_for_a_deactivated_user_or_as_a_draft(world: World) -> None:
    away, user = world.seed.a_customer("100.00"), world.seed.a_customer("100.00")
    offer, draft = world.seed.an_offer("29.99"), world.seed.an_offer("29.99")
    ended = [renewing(world, away, offer), renewing(world, user, draft)]
    with world.seed.engine.begin() as connection:
        for statement, subject in (
            ("UPDATE users SET is_active = false WHERE id = %s", away.id),
            ("UPDATE offers SET status = 'draft' WHERE id = %s", draft.id),
        ):
            connection.exec_driver_sql(statement, (str(subject),))
    world.clock.now += 29 * DAY
    steps = [world.advance(DueTask(Task.RENEW, each)).step for each in ended]
    assert steps == [SubscriptionStep.NOT_RENEWABLE] * 2
    world.clock.now += 4 * DAY
    world.sweep()

    assert {world.subscription(each).status for each in ended} == {SubscriptionStatus.EXPIRED}
    assert world.balance(away.id) == world.balance(user.id) == 100_00 - 29_99


def test_a_retired_offer_renews_while_it_runs_and_is_sold_no_more_after(world: World) -> None:
    user, offer = world.seed.a_customer("100.00"), world.seed.an_offer("29.99")
    subscription = renewing(world, user, offer)
    with world.seed.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE offers SET status = 'retired'")
    world.clock.now += 29 * DAY
    world.sweep()
    assert told(world, user) == ["renewal_succeeded"]

    world.set_auto_renew(user.id, subscription, auto_renew=False)
    world.clock.now += 32 * DAY
    world.sweep()
    with pytest.raises(OfferNotAvailable):
        world.renew(user.id, subscription)


def test_what_is_not_active_or_not_there_is_left_alone(world: World) -> None:
    user, offer = world.seed.a_customer("100.00"), world.seed.an_offer("29.99")
    pending = world.activate(user.id, offer.id).transaction.subscription_id
    for task in Task:
        assert world.advance(DueTask(task, pending)).step is SubscriptionStep.NOTHING_DUE
    with pytest.raises(SubscriptionNotFound):
        world.advance(DueTask(Task.RENEW, SubscriptionId(new_id())))
