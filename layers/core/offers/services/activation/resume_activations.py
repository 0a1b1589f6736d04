"""Send everything that is open again, when nothing is left of queues and workers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from offers.domain.ids import OutboxMessageId
from offers.domain.purchase import activation_message
from offers.domain.waiting import LEASE

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.domain.ids import TransactionId
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.store.work import Reading, UnitOfWork
    from offers.services.outbox.dispatch_messages import DispatchMessages

MOST = 10_000


@dataclass(frozen=True)
class ResumeActivations:
    """For after a purged queue or a restored database: every open transaction gets a message at
    once and loses its claim, whoever had it. What a person looks at is left to them.

    Done while workers run it costs duplicates, which are harmless: the operation id stays the same,
    and a refund needs the claim.
    """

    reading: Reading
    unit_of_work: UnitOfWork
    dispatch: DispatchMessages
    clock: Clock
    new_id: NewId

    def __call__(self, has_time: Callable[[], bool]) -> int:
        """How many were sent; stops early when ``has_time`` says so. Raises StoreUnavailable."""
        with self.reading() as store:
            still_open = store.transactions.unsettled_since(self.clock() + 2 * LEASE, MOST)
        return sum(map(self._resume, takewhile(lambda _: has_time(), still_open)))

    def _resume(self, transaction_id: TransactionId) -> bool:
        now = self.clock()
        with self.unit_of_work() as work:
            held = work.transactions.lock(transaction_id)
            if held.status.is_terminal or held.attention_required:
                return False
            if held.lease_until is not None:
                work.transactions.save(held.release(now))
            message = activation_message(OutboxMessageId(self.new_id()), held.id, now)
            work.outbox.add(message)
        self.dispatch([message])
        return True
