"""Expiry, and ending the service outside."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from offers.domain.deactivation import FLAG_AFTER
from offers.domain.due_task import DueTask, SubscriptionStep, Task
from offers.domain.outbox import Topic
from offers.domain.outcome import Done, Refused
from offers.domain.subscription import SubscriptionStatus
from offers.domain.waiting import DEACTIVATION_LEASE
from tests.fakes.provisioning import Mode

if TYPE_CHECKING:
    from offers.domain.ids import SubscriptionId
    from tests.integration.worlds.subscriptions import World

pytestmark = pytest.mark.integration
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
ACTIVE, EXPIRED = SubscriptionStatus.ACTIVE, SubscriptionStatus.EXPIRED


def ending(world: World) -> SubscriptionId:
    """A subscription in its last moment, not to be renewed."""
    subscription = world.subscribe(world.seed.a_customer("100.00"), world.seed.an_offer("29.99"))
    world.clock.now += 30 * DAY
    return subscription


def state(world: World) -> list[tuple[str, int, str | None]]:
    with world.seed.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT status, attempts, attention_reason FROM deactivations ORDER BY created_at"
        )
        return [(row[0], row[1], row[2]) for row in rows]


def test_it_ends_the_very_second_it_should_and_not_before(world: World) -> None:
    subscription = ending(world)
    world.clock.now -= timedelta(microseconds=1)
    world.sweep()
    assert world.subscription(subscription).status is ACTIVE

    world.clock.now += timedelta(microseconds=1)
    world.sweep(times=2)
    assert world.subscription(subscription).status is EXPIRED
    assert state(world) == [("done", 1, None)]
    assert world.provisioning.activated == {}


def test_who_cancelled_ends_cancelled_and_both_are_told(world: World) -> None:
    user, offer = world.seed.a_customer(), world.seed.an_offer()
    subscription = world.subscribe(user, offer)
    world.cancel(user.id, subscription)
    world.clock.now += 30 * DAY
    world.sweep()

    assert world.subscription(subscription).status is SubscriptionStatus.CANCELLED
    assert world.notices(user)[-1] == ("subscription_ended", "queued")
    assert "as you asked" in world.emails(user)[-1].text


def test_never_while_a_renewal_is_open(world: World) -> None:
    subscription = ending(world)
    owner = world.subscription(subscription).user_id
    world.renew(owner, subscription)
    renewal = world.queues.take(Topic.ACTIVATION)
    world.clock.now += 5 * DAY
    world.sweep()
    assert world.subscription(subscription).status is ACTIVE

    world.queues.sent += renewal
    world.process()
    world.sweep()
    assert world.subscription(subscription).status is ACTIVE


def test_a_renewal_refused_after_the_end_lets_it_end(world: World) -> None:
    subscription = ending(world)
    world.renew(world.subscription(subscription).user_id, subscription)
    world.provisioning.mode = Mode.REJECT
    world.process()
    world.provisioning.mode = Mode.OK
    world.sweep()
    assert world.subscription(subscription).status is EXPIRED


@pytest.mark.parametrize("trouble", [Mode.UNAVAILABLE, Mode.TIMEOUT_BEFORE_EFFECT])
def test_an_unknown_outcome_is_tried_again_with_the_same_operation_until_it_is_known(
    world: World, trouble: Mode
) -> None:
    subscription = ending(world)
    world.provisioning.mode = trouble
    world.sweep()
    assert world.subscription(subscription).status is EXPIRED
    for _ in range(FLAG_AFTER - 1):
        world.clock.now += timedelta(minutes=11)
        world.sweep(times=2)
    ((status, attempts, reason),) = state(world)
    assert (status, attempts) == ("pending", FLAG_AFTER)
    assert reason

    world.provisioning.mode = Mode.OK
    world.clock.now += timedelta(minutes=11)
    world.sweep()
    assert state(world) == [("done", FLAG_AFTER + 1, None)]


def test_a_refusal_to_end_a_service_is_for_a_person(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending(world)
    monkeypatch.setattr(world.provisioning, "deactivate", lambda _: Refused("locked", "Ask us."))
    world.sweep()
    world.clock.now += DAY
    world.sweep()
    assert state(world) == [("refused", 1, "locked: Ask us.")]


def test_a_renewal_after_the_end_supersedes_ending_the_service(world: World) -> None:
    subscription = ending(world)
    owner = world.subscription(subscription).user_id
    world.provisioning.mode = Mode.UNAVAILABLE
    world.sweep()
    world.provisioning.mode = Mode.OK
    world.renew(owner, subscription)
    world.clock.now += DAY
    task = DueTask(Task.DEACTIVATE, subscription)
    assert world.advance(task).step is SubscriptionStep.POSTPONED  # the renewal decides
    world.process()
    world.clock.now += DAY
    assert world.advance(task).step is SubscriptionStep.SUPERSEDED
    assert len(world.provisioning.activated) == 2

    world.clock.now += 30 * DAY
    world.sweep()
    assert [status for status, *_ in state(world)] == ["superseded", "done"]


def test_after_a_crash_another_worker_takes_over_when_the_lease_has_passed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscription = ending(world)
    deactivate = world.provisioning.deactivate

    def crash(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(world.provisioning, "deactivate", crash)
    with pytest.raises(KeyboardInterrupt):
        world.advance(DueTask(Task.EXPIRE, subscription))
    monkeypatch.setattr(world.provisioning, "deactivate", deactivate)
    world.sweep()
    assert state(world) == [("pending", 1, None)]
    world.clock.now += DEACTIVATION_LEASE
    world.sweep()
    assert state(world) == [("done", 2, None)]


def test_done_is_believed_even_from_a_worker_whose_lease_has_passed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscription = ending(world)
    task = DueTask(Task.DEACTIVATE, subscription)
    slow = {"others": [Mode.UNAVAILABLE]}

    def answer_late(order: object) -> Done:
        if slow["others"]:
            slow["others"].clear()
            world.clock.now += DEACTIVATION_LEASE
            monkeypatch.setattr(world.provisioning, "deactivate", real)
            world.provisioning.upcoming = [Mode.UNAVAILABLE]
            assert world.advance(task).step is SubscriptionStep.POSTPONED
        return Done()

    real = world.provisioning.deactivate
    monkeypatch.setattr(world.provisioning, "deactivate", answer_late)
    world.advance(DueTask(Task.EXPIRE, subscription))
    assert state(world) == [("done", 2, None)]


def test_an_unknown_answer_of_a_worker_whose_lease_has_passed_changes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscription = ending(world)
    real = world.provisioning.deactivate

    def slow(order: object) -> object:
        world.clock.now += DEACTIVATION_LEASE
        monkeypatch.setattr(world.provisioning, "deactivate", real)
        world.provisioning.upcoming = [Mode.UNAVAILABLE, Mode.TIMEOUT_BEFORE_EFFECT]
        world.advance(DueTask(Task.DEACTIVATE, subscription))
        return real(order)  # type: ignore[arg-type]

    monkeypatch.setattr(world.provisioning, "deactivate", slow)
    world.advance(DueTask(Task.EXPIRE, subscription))
    ((status, attempts, _),) = state(world)
    assert (status, attempts) == ("pending", 2)
