"""Find transactions that stand still and get each going again."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from offers.domain.outbox import Topic
from offers.ports.errors import StoreUnavailable
from offers.services.activation.progress import Progress, Step
from offers.services.activation.recover_transaction import GIVE_UP_AFTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.domain.ids import TransactionId
    from offers.ports.clock import Clock
    from offers.ports.outside.queues import MessageQueues
    from offers.ports.store.work import Reading
    from offers.services.activation.recover_transaction import RecoverTransaction

logger = logging.getLogger(__name__)

STANDSTILL = timedelta(minutes=15)
"""Longer than any delay between two tries (backoff.MAX_DELAY_SECONDS), so that what waits is not
taken for lost. What waits in the outbox is not lost either: the relay has it.
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
        now = self.clock()
        with self.reading() as store:
            still = store.transactions.unsettled_since(now - STANDSTILL, BATCH, now - GIVE_UP_AFTER)
        return tuple(self._recover(each) for each in takewhile(lambda _: has_time(), still))

    def _recover(self, transaction_id: TransactionId) -> Step:
        """One that cannot be recovered must not keep the others waiting."""
        try:
            return self.recover(transaction_id)
        except StoreUnavailable:
            raise
        except Exception:
            logger.exception("not recovered", extra={"transaction_id": str(transaction_id)})
            return Step(Progress.UNKNOWN)
