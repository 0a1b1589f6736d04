"""Clicks on "Renew": one intention is paid once. Like scenarios.py: each raises AssertionError when
that does not hold."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.fakes.clock import START
from tests.proofs.crowd import SharedProvisioning, SharedQueues, at_once, kinds
from tests.proofs.promises import assert_promises
from tests.proofs.renewals import a_running_subscription, expire, subscription_of

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import SubscriptionId
    from offers.domain.user import User
    from tests.proofs.world import World
    from tests.seed import Seed

GAPS = (0, 0.3, 1, 2, 5, 10)
REFUSALS = {"SubscriptionChanged", "RenewalInProgress"}


def named_and_after_success(world: World, seed: Seed) -> None:
    """The first click has succeeded; the others name the period that it has paid for."""
    user, _, running = a_running_subscription(world, seed)
    seen_end = subscription_of(world, user).expires_at
    _assert_charged_once(world, user, running, seen_end)


def unnamed_and_after_success(world: World, seed: Seed) -> None:
    """The same without a name: of one that runs, of one in its last second, of one that is over."""
    for left in (timedelta(days=20), timedelta(seconds=1), -timedelta(days=1)):
        user, _, running = a_running_subscription(world, seed)
        ends = subscription_of(world, user).expires_at
        assert ends is not None
        world.clock.now = ends - left
        expire(world, running)
        _assert_charged_once(world, user, running, None)


def _assert_charged_once(
    world: World, user: User, running: SubscriptionId, seen_end: datetime | None
) -> None:
    world.renew(user.id, running, seen_end=seen_end)
    world.drain()
    before = world.balance(user.id)
    for gap in GAPS:
        world.clock.advance(gap)
        (outcome,) = at_once([lambda: world.renew(user.id, running, seen_end=seen_end)])
        assert type(outcome).__name__ in REFUSALS, (gap, outcome)
        world.drain()
    assert world.balance(user.id) == before
    assert_promises(world)


def a_burst_while_the_first_is_open(world: World, seed: Seed) -> None:
    """Many at once, none of which has been worked on yet."""
    user, offer, running = a_running_subscription(world, seed)
    before = world.balance(user.id)

    outcomes = at_once([lambda: world.renew(user.id, running)] * 8)

    assert kinds(outcomes) == {"Accepted": 1, "RenewalInProgress": 7}
    assert world.balance(user.id) == before - offer.price


def a_burst_while_workers_run(world: World, seed: Seed) -> None:
    """Many at once, with and without a name, while the first of them succeeds; before the end and
    after it."""
    world.provisioning, world.queues = SharedProvisioning(0.01), SharedQueues()
    world.restart()
    for days_left in (1, -1):
        _assert_burst_charged_once(world, seed, timedelta(days=days_left))
    assert_promises(world)


def _assert_burst_charged_once(world: World, seed: Seed, left: timedelta) -> None:
    user, offer, running = a_running_subscription(world, seed)
    seen_end = subscription_of(world, user).expires_at
    world.clock.now = (seen_end or START) - left
    expire(world, running)
    before = world.balance(user.id)

    def named() -> object:
        return world.renew(user.id, running, seen_end=seen_end)

    def unnamed() -> object:
        return world.renew(user.id, running)

    outcomes = at_once([named, unnamed, world.drain] * 12, threads=6)

    world.drain()
    found = kinds(outcomes)
    assert found["Accepted"] == 1, found
    assert set(found) <= REFUSALS | {"Accepted", "NoneType"}, found
    assert world.balance(user.id) == before - offer.price
