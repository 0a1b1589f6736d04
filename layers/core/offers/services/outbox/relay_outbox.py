"""Send what could not be sent right after its commit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from offers.domain.backoff import delay_seconds
from offers.domain.waiting import HOLD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from offers.ports.chance import Chance
    from offers.ports.clock import Clock
    from offers.ports.outside.queues import MessageQueues
    from offers.ports.store.work import UnitOfWork
    from offers.services.outbox.prepared import Prepare

BATCH = 100


@dataclass(frozen=True)
class RelayOutbox:
    """Safe with many relays at once:

    a message is taken by one of them, and no lock is held while it is sent.
    """

    unit_of_work: UnitOfWork
    prepare: Prepare
    queues: MessageQueues
    clock: Clock
    chance: Chance

    def __call__(self, has_time: Callable[[], bool]) -> Mapping[str, int]:
        """How many messages were ``sent`` and how many ``postponed``. Raises StoreUnavailable."""
        total: Counter[str] = Counter(sent=0, postponed=0)
        while has_time():
            sent, postponed = self._relay_batch()
            total.update(sent=sent, postponed=postponed)
            if sent + postponed < BATCH:
                break  # a full batch is followed by another, also if nothing of it could be sent
        return total

    def _relay_batch(self) -> tuple[int, int]:
        now = self.clock()
        with self.unit_of_work() as work:
            due = work.outbox.take_due(now, BATCH, now + HOLD)
        prepared = self.prepare(due)
        refused = {**prepared.refused, **self.queues.send(prepared.ready)}
        sent = tuple(message for message in due if message not in refused)
        with self.unit_of_work() as work:
            if sent:
                work.outbox.delete(sent)
            for message, reason in refused.items():
                delay = timedelta(seconds=delay_seconds(message.attempts, self.chance()))
                work.outbox.postpone(message, now + delay, reason)
        return len(sent), len(refused)
