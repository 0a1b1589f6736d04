"""Every call to every port, cut before and after it takes effect; then the system is left to
recover, and the promises are checked.

The points are found by telling each story once and watching, so a call added tomorrow is covered
tomorrow.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from offers.domain.idempotency import IdempotencyKey
from offers.domain.money import Money
from offers.domain.outcome import Activated
from offers.domain.transaction import TransactionStatus
from offers.ports.errors import StoreUnavailable
from tests.fakes.provisioning import Mode
from tests.proofs.promises import all_transactions, assert_everything_settled, assert_promises
from tests.proofs.watch import Crash, Point, crash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from offers.domain.offer import Offer
    from offers.domain.user import User
    from tests.proofs.world import World
    from tests.seed import Seed

STORIES = {
    "success": (),
    "refusal": (Mode.REJECT,),
    "outage, then success": (Mode.UNAVAILABLE,),
    "lost before effect, then success": (Mode.TIMEOUT_BEFORE_EFFECT,),
    "lost after effect": (Mode.TIMEOUT_AFTER_EFFECT,),
    "lost too often, never done": (Mode.TIMEOUT_BEFORE_EFFECT,) * 5,
    "lost too often, but done": (Mode.TIMEOUT_AFTER_EFFECT,) + (Mode.GARBAGE,) * 4,
    "nobody answers": (Mode.GARBAGE,) * 6,
}

NEVER_RAISE = ("status.", "queues.", "provisioning.")
"""Ports that promise not to raise; their adapters are tested for it."""


def tell(world: World, user: User, offer: Offer, outside: tuple[Mode, ...]) -> None:
    """A customer buys, and the system works until the queue is empty."""
    world.provisioning.upcoming[:] = outside
    world.activate(user.id, offer.id, key_of(user))
    for _ in range(3):
        world.drain()
        world.clock.advance(700)


def key_of(user: User) -> IdempotencyKey:
    return IdempotencyKey.of(f"user:{user.id}", "the-key", "POST /activation", {})


def points_of(world: World, user: User, offer: Offer, outside: tuple[Mode, ...]) -> list[Point]:
    world.watch.disarm()
    tell(world, user, offer, outside)
    return world.watch.points()


def afterwards(world: World, user: User, offer: Offer) -> None:
    """The customer clicks again, the schedules run, and all is well."""
    world.watch.disarm()
    world.provisioning.upcoming.clear()
    world.restart()
    world.activate(user.id, offer.id, key_of(user))
    world.recover_everything()
    assert_promises(world)
    assert_everything_settled(world)
    (transaction,) = [each for each in all_transactions(world) if each.user_id == user.id]
    spent = transaction.status is TransactionStatus.SUCCESS
    assert world.balance(user.id) == Money.of("70.01" if spent else "100.00", "EUR")


@pytest.mark.parametrize("story", STORIES)
def test_a_crash_anywhere_loses_nothing(world: World, seed: Seed, offer: Offer, story: str) -> None:
    outside = STORIES[story]
    points = points_of(world, seed.a_customer("100.00"), offer, outside)
    assert len(points) > 20
    for point in points:
        user = seed.a_customer("100.00")
        cut(world, point, crash)
        with pytest.raises(Crash):
            tell(world, user, offer, outside)
        with naming(f"{story}: crashed {point}"):
            afterwards(world, user, offer)


@pytest.mark.parametrize(
    "story", ["success", "refusal", "outage, then success", "lost after effect"]
)
def test_an_error_of_the_database_anywhere_loses_nothing(
    world: World, seed: Seed, offer: Offer, story: str
) -> None:
    outside = STORIES[story]
    for point in points_of(world, seed.a_customer("100.00"), offer, outside):
        if point.call.startswith(NEVER_RAISE):
            continue
        user = seed.a_customer("100.00")
        cut(world, point, lose_the_database)
        with suppress(StoreUnavailable):
            tell(world, user, offer, outside)
        with naming(f"{story}: the database failed {point}"):
            afterwards(world, user, offer)


def cut(world: World, point: Point, stop: Callable[[Point], None]) -> None:
    world.watch.disarm()
    world.watch.armed, world.watch.stop = point, stop


def lose_the_database(_point: Point) -> None:
    raise StoreUnavailable


@contextmanager
def naming(where: str) -> Iterator[None]:
    """Says where the story was cut when a promise is broken."""
    try:
        yield
    except AssertionError as error:
        raise AssertionError(where) from error


@pytest.mark.parametrize("story", STORIES)
def test_no_lock_is_held_across_a_network_call(
    world: World, customer: User, offer: Offer, story: str
) -> None:
    points_of(world, customer, offer, STORIES[story])
    assert network_calls_in_units_of_work(world.watch.calls) == []


def test_no_lock_is_held_when_it_was_settled_before(
    world: World, customer: User, offer: Offer
) -> None:
    claimed = world.claim(world.activate(customer.id, offer.id).transaction.id)
    world.settle(claimed, Activated("PRV-1"))
    world.watch.disarm()
    world.settle(claimed, Activated("PRV-1"))
    assert "status.publish" in world.watch.calls
    assert network_calls_in_units_of_work(world.watch.calls) == []


def network_calls_in_units_of_work(calls: list[str]) -> list[str]:
    """Calls to the outside between a unit's first statement and its commit."""
    found, is_open = [], False
    for call in calls:
        if call.endswith(".commit"):
            is_open = False
        elif not call.startswith(NEVER_RAISE):
            is_open = True
        elif is_open:
            found.append(call)
    return found
