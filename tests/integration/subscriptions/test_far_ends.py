"""No subscription outlives the calendar, and what would is refused before money moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from offers.domain.due_task import DueTask, SubscriptionStep, Task
from offers.domain.errors.subscriptions import SubscriptionTooLong
from offers.domain.outbox import Topic
from offers.domain.subscription import LAST_END
from offers.services.activation.progress import Progress

if TYPE_CHECKING:
    from offers.domain.ids import SubscriptionId
    from offers.services.activation.progress import Step
    from tests.integration.worlds.subscriptions import World

pytestmark = pytest.mark.integration
DAY = timedelta(days=1)


def ends(world: World, subscription: SubscriptionId, at: datetime) -> None:
    with world.seed.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE subscriptions SET expires_at = %s WHERE id = %s", (at, str(subscription))
        )


def test_the_last_renewal_that_fits_is_the_last(world: World) -> None:
    user, offer = world.seed.a_customer("100.00"), world.seed.an_offer("10.00")
    subscription = world.subscribe(user, offer)
    ends(world, subscription, LAST_END - 30 * DAY)
    world.renew(user.id, subscription, seen_end=LAST_END - 30 * DAY)
    world.process()
    assert world.subscription(subscription).expires_at == LAST_END

    with pytest.raises(SubscriptionTooLong):
        world.renew(user.id, subscription, seen_end=LAST_END)
    assert world.balance(user.id) == 80_00


def test_automatic_renewal_charges_nothing_either(world: World) -> None:
    user, offer = world.seed.a_customer("100.00"), world.seed.an_offer("10.00")
    subscription = world.subscribe(user, offer)
    world.set_auto_renew(user.id, subscription, auto_renew=True)
    ends(world, subscription, LAST_END)
    world.clock.now = LAST_END - DAY

    step = world.advance(DueTask(Task.RENEW, subscription)).step

    assert step is SubscriptionStep.NOT_RENEWABLE
    assert world.balance(user.id) == 90_00


def test_an_activation_in_the_last_month_of_the_calendar_is_refused(world: World) -> None:
    user, offer = world.seed.a_customer("100.00"), world.seed.an_offer("10.00")
    world.clock.now = LAST_END - 29 * DAY
    with pytest.raises(SubscriptionTooLong):
        world.activate(user.id, offer.id)
    assert world.balance(user.id) == 100_00


def test_one_that_was_accepted_all_the_same_reaches_a_person(world: World) -> None:
    """What older versions took on, or whatever else our own code cannot record."""
    user, offer = world.seed.a_customer("100.00"), world.seed.an_offer("10.00")
    subscription = world.subscribe(user, offer)
    accepted = world.renew(user.id, subscription).transaction
    ends(world, subscription, datetime(9999, 12, 30, tzinfo=UTC))
    world.queues.take(Topic.ACTIVATION)

    steps: list[Step] = []
    while not steps or steps[-1].retry_after_seconds is not None:
        steps.append(world.work(accepted.id, len(steps) + 1))
        world.clock.advance(600)

    assert [each.progress for each in steps] == [Progress.UNKNOWN] * 4 + [Progress.FLAGGED]
    with world.store.reading() as store:
        flagged = store.transactions.get(accepted.id)
    assert flagged.attention_reason == "its outcome cannot be recorded: SubscriptionTooLong"
    assert world.balance(user.id) == 80_00
