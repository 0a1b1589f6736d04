"""Customers, workers and schedules, each a thread that does one thing after the other by chance."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from offers.domain.idempotency import IdempotencyKey
from offers.domain.outbox import Topic
from offers.ports.pages import PageRequest
from offers.services.subscriptions.renew_subscription import LatestSubscriptionTo
from tests.factories import transaction_of
from tests.proofs.renewals import expire
from tests.proofs.world import MAX_RECEIVES

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.domain.ids import OfferId, UserId
    from offers.domain.outbox import OutboxMessage
    from tests.proofs.world import World
    from tests.soak.events import Events

TWICE = 0.05
LOST = 0.01
SPEED = 20
"""Virtual seconds in a real one: a lease of 90 s then lasts 4.5 s, longer than a thread hangs."""


@dataclass
class Queue:
    """What SQS does: deliver twice, out of order, again when a worker died; bury at last."""

    waiting: list[tuple[OutboxMessage, int]] = field(default_factory=list)
    dead: list[OutboxMessage] = field(default_factory=list)

    def put_back(self, message: OutboxMessage, receives: int) -> None:
        if receives >= MAX_RECEIVES:
            self.dead.append(message)
        else:
            self.waiting.append((message, receives))


@dataclass(frozen=True)
class Traffic:
    """``users`` and ``offers`` are few, so that people get in each other's way."""

    world: World
    users: list[UserId]
    offers: list[OfferId]
    events: Events
    queue: Queue = field(default_factory=Queue)

    def customer(self, seed: int, until: float) -> None:
        chance = random.Random(seed)  # noqa: S311  # repeatable
        actions = {
            "activate": self._activate,
            "renew": self._renew,
            "cancel": self._cancel,
            "top up": self._top_up,
        }
        while time.monotonic() < until:
            (name,) = chance.choices(list(actions), weights=(8, 3, 1, 2))
            with self.events.measured(name):
                actions[name](chance)

    def worker(self, seed: int, until: float) -> None:
        chance = random.Random(seed)  # noqa: S311  # repeatable
        while time.monotonic() < until:
            self.queue.waiting += [(each, 0) for each in self.world.queues.take(Topic.ACTIVATION)]
            self.world.queues.take(Topic.NOTIFICATION)
            try:
                message, receives = self.queue.waiting.pop(chance.randrange(20) - 20)
            except IndexError:
                try:
                    message, receives = self.queue.waiting.pop()
                except IndexError:
                    time.sleep(0.01)
                    continue
            self._deliver(message, receives + 1, chance)

    def schedules(self, seed: int, until: float) -> None:
        chance = random.Random(seed)  # noqa: S311  # repeatable
        runs: dict[str, Callable[[], object]] = {
            "relay": lambda: self.world.relay(lambda: time.monotonic() < until),
            "reconcile": lambda: self.world.reconcile(lambda: time.monotonic() < until),
            "expire": lambda: self._expire(chance),
        }
        while time.monotonic() < until:
            name = chance.choice(list(runs))
            with self.events.measured(name):
                runs[name]()
            self._bury()
            time.sleep(0.02)

    def pass_time(self, until: float) -> None:
        while time.monotonic() < until:
            time.sleep(0.05)
            self.world.clock.advance(0.05 * SPEED)

    def _deliver(self, message: OutboxMessage, receives: int, chance: random.Random) -> None:
        if chance.random() < TWICE:
            self.queue.waiting.append((message, receives))
        is_done = chance.random() < LOST
        if not is_done:
            with self.events.measured("deliver") as note:
                step = self.world.deliver(message, receives)
                note.outcome, is_done = step.progress, step.retry_after_seconds is None
        if not is_done:
            self.queue.put_back(message, receives)

    def _activate(self, chance: random.Random) -> None:
        user_id, key = chance.choice(self.users), None
        if chance.random() < 0.5:  # as many with a key as without
            number = chance.randrange(2000)
            offer_id = self.offers[number % len(self.offers)]
            key = IdempotencyKey.of(f"user:{user_id}", str(number), "POST /activation", {})
        else:
            offer_id = chance.choice(self.offers)
        self.world.activate(user_id, offer_id, key)

    def _renew(self, chance: random.Random) -> None:
        """As many name the period that they saw as do not."""
        user_id = chance.choice(self.users)
        with self.world.store.reading() as store:
            found = store.subscriptions.page(user_id, None, PageRequest(5)).items
        if found and chance.random() < 0.5:
            seen = chance.choice(found).subscription
            self.world.renew(user_id, seen.id, seen_end=seen.expires_at)
        else:
            self.world.renew(user_id, LatestSubscriptionTo(chance.choice(self.offers)))

    def _cancel(self, chance: random.Random) -> None:
        user_id = chance.choice(self.users)
        with self.world.store.reading() as store:
            found = store.subscriptions.page(user_id, None, PageRequest(5)).items
        if found:
            self.world.cancel(user_id, chance.choice(found).subscription.id)

    def _top_up(self, chance: random.Random) -> None:
        self.world.top_up(chance.choice(self.users), "25.00")

    def _bury(self) -> None:
        """The dead-letter function takes what there is."""
        for message in [self.queue.dead.pop() for _ in range(len(self.queue.dead))]:
            is_done = False
            with self.events.measured("dead letter") as note:
                step = self.world.recover(transaction_of(message))
                note.outcome, is_done = step.progress, step.retry_after_seconds is None
            if not is_done:
                self.queue.dead.append(message)

    def _expire(self, chance: random.Random) -> None:
        """Offers last for a day; now and then a day goes by at once for somebody."""
        user_id = chance.choice(self.users)
        with self.world.store.reading() as store:
            found = store.subscriptions.page(user_id, None, PageRequest(50)).items
        for view in found:
            expire(self.world, view.subscription.id)
