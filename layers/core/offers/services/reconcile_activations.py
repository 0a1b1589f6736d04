"""Find transactions that stand still and get each going again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from offers.domain.outbox import Topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.ports.clock import Clock
    from offers.ports.queues import MessageQueues
    from offers.ports.store import Reading
    from offers.services.progress import Step
    from offers.services.recover_transaction import RecoverTransaction

STANDSTILL = timedelta(minutes=15)
"""Longer than any delay between two tries (backoff.MAX_DELAY_SECONDS), so that what waits is not
taken for lost.
"""

MAX_BACKLOG = 1_000
"""With more activation messages than this waiting, standing still means queueing:

adding more would not help.
"""

BATCH = 100


@dataclass(frozen=True)
class ReconcileActivations:
    """Harmless at any time and as often as wanted: every step holds the transaction's claim."""

    reading: Reading
    queues: MessageQueues
    recover: RecoverTransaction
    clock: Clock

    def __call__(self, has_time: Callable[[], bool]) -> tuple[Step, ...]:
        """What became of each; stops early when ``has_time`` says so. Raises StoreUnavailable."""
        if (self.queues.backlog(Topic.ACTIVATION) or 0) > MAX_BACKLOG:
            return ()
        with self.reading() as store:
            still = store.transactions.unsettled_since(self.clock() - STANDSTILL, BATCH)
        return tuple(self.recover(each) for each in takewhile(lambda _: has_time(), still))
