"""Find transactions that stand still and get each going again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from offers.domain.outbox import Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from offers.ports.clock import Clock
    from offers.ports.queues import MessageQueues
    from offers.ports.store import Reading
    from offers.services.progress import Progress
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

    def __call__(self, has_time: Callable[[], bool]) -> Mapping[Progress, int]:
        """How many transactions made which progress; stops early when ``has_time`` says so.

        Raises StoreUnavailable.
        """
        if (self.queues.backlog(Topic.ACTIVATION) or 0) > MAX_BACKLOG:
            return {}
        with self.reading() as store:
            still = store.transactions.unsettled_since(self.clock() - STANDSTILL, BATCH)
        progress: Counter[Progress] = Counter()
        for transaction_id in still:
            if not has_time():
                break
            progress[self.recover(transaction_id).progress] += 1
        return progress
