"""The process is killed, not asked to stop: a forked child ends by ``os._exit`` at every call of a
purchase and of its delivery, and the parent is left with what the child had made of the world.
"""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from offers.domain.idempotency import IdempotencyKey
from offers.domain.ids import TransactionId, UserId
from offers.domain.money import Money
from offers.domain.outbox import Topic
from tests.fakes.provisioning import FakeProvisioning
from tests.proofs.processes import a_world
from tests.proofs.promises import assert_promises

if TYPE_CHECKING:
    from pathlib import Path

    from offers.domain.ids import OfferId
    from offers.domain.offer import Offer
    from offers.domain.outcome import Outcome
    from tests.proofs.watch import Point
    from tests.proofs.world import World
    from tests.seed import Seed

pytestmark = pytest.mark.integration

KILLED = 137
"""What a shell reports of a process that was killed (128 + SIGKILL)."""


PAID = Money.of("70.01", "EUR")


class LastingProvisioning(FakeProvisioning):
    """Outlives the processes that ask it: each effect is a file."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def remember(self) -> None:
        for file in self.folder.iterdir():
            self.activated[TransactionId(UUID(file.name))] = f"PRV-{file.name}"

    def _activate(self, operation_id: TransactionId) -> Outcome:
        (self.folder / str(operation_id)).touch()
        return super()._activate(operation_id)


@dataclass(frozen=True)
class Story:
    """A purchase, and its delivery in the same process."""

    database_url: str
    redis_url: str
    outside: Path
    offer_id: OfferId

    def tell(self, user_id: UserId, kill_at: Point | None = None) -> World:
        """In a world of its own; with ``kill_at`` it does not return."""
        world = a_world(self.database_url, self.redis_url)
        world.provisioning = LastingProvisioning(self.outside)
        world.restart()
        world.watch.armed, world.watch.stop = kill_at, lambda _point: os._exit(KILLED)
        world.activate(user_id, self.offer_id, key_of(user_id))
        world.deliver(world.queues.take(Topic.ACTIVATION)[0])
        return world

    def killed(self, user_id: UserId, point: Point) -> bool:
        """Tell it in a child, which makes its own connections, as any process does."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of threads, none of which the child needs
            child = os.fork()
        if child == 0:
            try:
                self.tell(user_id, point)
            finally:
                os._exit(1)  # it should have ended before
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


def key_of(user_id: UserId) -> IdempotencyKey:
    return IdempotencyKey.of(f"user:{user_id}", "the-key", "POST /activation", {})


def test_a_kill_anywhere_loses_nothing(
    world: World, seed: Seed, offer: Offer, database_url: str, redis_url: str, tmp_path: Path
) -> None:
    story = Story(database_url, redis_url, tmp_path, offer.id)
    points = story.tell(seed.a_customer("100.00").id).watch.points()
    assert len(points) > 40
    customers = {seed.a_customer("100.00").id: point for point in points}

    for user_id, point in customers.items():
        assert story.killed(user_id, point), f"not killed {point}"

    world.provisioning = outside = LastingProvisioning(tmp_path)
    outside.remember()
    world.restart()
    assert_promises(world)
    for user_id in customers:  # they click again
        world.activate(user_id, offer.id, key_of(user_id))
    world.recover_everything()
    assert_promises(world)
    assert not world.unsettled()
    wrong = [str(point) for each, point in customers.items() if world.balance(each) != PAID]
    assert not wrong
