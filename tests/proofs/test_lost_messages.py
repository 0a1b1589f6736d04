"""A message that is lost costs a minute or two; the provider's "not now" is what makes a purchase
wait."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from offers.domain.outbox import Topic
from offers.domain.transaction import TransactionStatus
from offers.domain.waiting import LOST_AFTER
from tests.fakes.provisioning import Mode
from tests.proofs.promises import assert_promises
from tests.proofs.scenarios import bought

if TYPE_CHECKING:
    from tests.proofs.world import World
    from tests.seed import Seed

pytestmark = pytest.mark.integration
SECOND = timedelta(seconds=1)


def always() -> bool:
    return True


def lose_all_messages(world: World) -> None:
    world.queues.take(Topic.ACTIVATION)


def test_what_was_never_tried_is_sent_again_at_once(world: World, seed: Seed) -> None:
    transaction = bought(world, seed)
    lose_all_messages(world)
    world.clock.now += LOST_AFTER
    assert world.reconcile(always) == ()

    world.clock.now += SECOND
    world.reconcile(always)

    (message,) = world.queues.on(Topic.ACTIVATION)
    assert message.deliver_at == world.clock.now
    world.drain()
    assert world.transaction(transaction.id).status is TransactionStatus.SUCCESS
    assert_promises(world)


def test_while_messages_wait_nothing_is_taken_for_lost(world: World, seed: Seed) -> None:
    bought(world, seed)
    world.clock.now += 5 * LOST_AFTER

    assert world.reconcile(always) == ()
    assert len(world.queues.on(Topic.ACTIVATION)) == 1


def test_what_the_provider_turned_away_waits_by_how_often_that_was(
    world: World, seed: Seed
) -> None:
    transaction = bought(world, seed)
    world.clock.now += timedelta(hours=3)  # it waited in the queue: no reason to wait longer
    world.provisioning.mode = Mode.UNAVAILABLE
    waits = []
    for _ in range(8):
        lose_all_messages(world)
        world.work(transaction.id)
        (message,) = world.queues.on(Topic.ACTIVATION)
        waits.append((message.deliver_at - world.clock.now).total_seconds())
        world.clock.now = message.deliver_at

    assert max(waits[:3]) <= 30, "as the provider asked"
    assert 160 <= waits[-2] <= 320
    assert 300 <= waits[-1] <= 600
    assert world.transaction(transaction.id).turned_away == 8

    lose_all_messages(world)
    world.clock.now += 5 * LOST_AFTER
    assert world.reconcile(always) == (), "its message comes by itself"


@pytest.mark.parametrize(
    "state", ["accepted", "claimed", "turned_away", "unheard", "in_the_outbox"]
)
def test_after_the_queues_were_lost_everything_is_sent_again_whoever_had_it(
    world: World, seed: Seed, state: str
) -> None:
    world.queues.is_away = state == "in_the_outbox"
    transaction = bought(world, seed)
    world.queues.is_away = False
    if state == "claimed":
        world.claim(transaction.id)
    elif state in ("turned_away", "unheard"):
        away = Mode.UNAVAILABLE if state == "turned_away" else Mode.TIMEOUT_AFTER_EFFECT
        world.provisioning.upcoming = [away]
        world.work(transaction.id)
    lose_all_messages(world)

    assert world.resume(always) == 1
    world.drain()

    assert world.transaction(transaction.id).status is TransactionStatus.SUCCESS
    assert_promises(world)
    assert world.resume(always) == 0


def test_what_a_person_looks_at_is_left_to_them(world: World, seed: Seed) -> None:
    transaction = bought(world, seed)
    world.claim.flag(world.claim(transaction.id).transaction, "nobody says")

    assert world.resume(always) == 0
