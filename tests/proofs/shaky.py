"""A world whose parts come and go, and the moves that happen in it: at random, in any order."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from offers.domain.errors import DomainError
from offers.domain.outbox import Topic
from offers.domain.outcome import Activated, Refused
from offers.ports.errors import StoreUnavailable
from tests.factories import transaction_of
from tests.proofs.watch import Crash, Watch
from tests.proofs.world import MAX_RECEIVES

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.domain.ending import Verdict
    from offers.domain.ids import TransactionId
    from offers.domain.outbox import OutboxMessage
    from offers.domain.transaction import Transaction
    from offers.services.activation.claim_transaction import Claimed
    from tests.proofs.watch import Point
    from tests.proofs.world import World


@dataclass
class Fuse(Watch):
    """Stops the work after ``burns`` halves of calls: each call has a moment before and one after
    its effect."""

    burns: int | None = None

    def _stop_at(self, point: Point) -> None:
        if self.burns is None:
            return
        self.burns -= 1
        if self.burns < 0:
            self.burns = None
            self.stop(point)


@dataclass
class ShakyProjection:
    """Redis, which may be away."""

    redis: Any
    is_away: bool = False

    def publish(self, transaction: Transaction) -> None:
        if not self.is_away:
            self.redis.publish(transaction)

    def find(self, transaction_id: TransactionId) -> Transaction | None:
        return None if self.is_away else self.redis.find(transaction_id)


@dataclass
class Delivery:
    """A message on its way, and how often it was received."""

    message: OutboxMessage
    receives: int = 0

    @property
    def transaction_id(self) -> TransactionId:
        return transaction_of(self.message)


@dataclass
class ShakyWorld:
    """What SQS holds, what has ever been in it, and the workers that paused with an answer."""

    world: World
    waiting: list[Delivery] = field(default_factory=list)
    dead: list[Delivery] = field(default_factory=list)
    ever: list[Delivery] = field(default_factory=list)
    paused: list[tuple[Claimed, Verdict]] = field(default_factory=list)

    def receive_all(self) -> None:
        """What was sent is now on its way."""
        arrived = [Delivery(message) for message in self.world.queues.take(Topic.ACTIVATION)]
        self.waiting += arrived
        self.ever += arrived
        self.world.queues.take(Topic.NOTIFICATION)

    def deliver(self, which: int) -> None:
        """One delivery; what the worker does not finish waits again, or is dead."""
        self.receive_all()
        if not self.waiting:
            return
        delivery = self.waiting.pop(which % len(self.waiting))
        delivery.receives += 1
        try:
            step = self.world.work(delivery.transaction_id, delivery.receives)
        except (Crash, StoreUnavailable):
            self._put_back(delivery)
        else:
            if step.retry_after_seconds is not None:
                self._put_back(delivery)

    def _put_back(self, delivery: Delivery) -> None:
        queue = self.dead if delivery.receives >= MAX_RECEIVES else self.waiting
        queue.append(delivery)

    def deliver_again(self, which: int) -> None:
        """A message of long ago, once more."""
        if self.ever:
            self.world.work(self.ever[which % len(self.ever)].transaction_id)

    def recover(self, which: int) -> None:
        """The dead-letter function takes a message of long ago."""
        if self.ever:
            self.world.recover(self.ever[which % len(self.ever)].transaction_id)

    def bury(self) -> None:
        """The dead-letter function takes a message."""
        if self.dead:
            delivery = self.dead.pop(0)
            if self.world.recover(delivery.transaction_id).retry_after_seconds is not None:
                self.dead.append(delivery)

    def pause_a_worker(self, which: int) -> None:
        """It claims, asks and gets an answer, and is not heard of for a while, or ever."""
        if not self.ever:
            return
        with suppress(DomainError):
            claimed = self.world.claim(self.ever[which % len(self.ever)].transaction_id)
            answer = self.world.provisioning.activate(claimed.order)
            if isinstance(answer, Activated | Refused):
                self.paused.append((claimed, answer))

    def wake_a_worker(self) -> None:
        """It goes on as if nothing had happened."""
        if self.paused:
            self.world.settle(*self.paused.pop(0))

    def cut(self, calls: int, move: Callable[[], object]) -> None:
        """Do it, and die after so many halves of calls to ports, if it comes so far."""
        fuse = self.world.watch
        assert isinstance(fuse, Fuse)
        fuse.burns = calls
        try:
            with suppress(Crash, DomainError):
                move()
        finally:
            fuse.burns = None
