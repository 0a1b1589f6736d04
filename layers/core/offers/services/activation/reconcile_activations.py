"""Find transactions that stand still and get each going again."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from offers.domain.outbox import Topic
from offers.domain.waiting import GIVE_UP_AFTER, LOST_AFTER, STANDSTILL
from offers.ports.errors import StoreUnavailable
from offers.services.activation.progress import Progress, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.domain.ids import TransactionId
    from offers.ports.clock import Clock
    from offers.ports.outside.queues import MessageQueues
    from offers.ports.store.work import Reading
    from offers.services.activation.recover_transaction import RecoverTransaction

logger = logging.getLogger(__name__)

MAX_BACKLOG = 1_000
"""With more activation messages than this waiting, standing still means queueing:

adding more would not help.
"""

BATCH = 100


@dataclass(frozen=True)
class ReconcileActivations:
    """What was accepted and never tried has lost its message: it is sent again within a minute or
    two. What was tried, or turned away by the provider, has a message that comes back by itself,
    and counts as standing still much later.

    Harmless at any time and as often as wanted: every step holds the transaction's claim.
    """

    reading: Reading
    queues: MessageQueues
    recover: RecoverTransaction
    clock: Clock

    def __call__(self, has_time: Callable[[], bool]) -> tuple[Step, ...]:
        """What became of each; stops early when ``has_time`` says so. Raises StoreUnavailable."""
        backlog = self.queues.backlog(Topic.ACTIVATION) or 0
        if backlog > MAX_BACKLOG:
            return ()
        now = self.clock()
        with self.reading() as store:
            lost = () if backlog else store.transactions.untried_since(now - LOST_AFTER, BATCH)
            still = store.transactions.unsettled_since(now - STANDSTILL, BATCH, now - GIVE_UP_AFTER)
        found = dict.fromkeys((*lost, *still))
        return tuple(self._recover(each) for each in takewhile(lambda _: has_time(), found))

    def _recover(self, transaction_id: TransactionId) -> Step:
        """One that cannot be recovered must not keep the others waiting."""
        try:
            return self.recover(transaction_id)
        except StoreUnavailable:
            raise
        except Exception:
            logger.exception("not recovered", extra={"transaction_id": str(transaction_id)})
            return Step(Progress.UNKNOWN)
