"""Find what is to be renewed or ended, and hand it to the workers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.due_task import DueTask, Task
from offers.services.subscriptions.sweeping import HandedOver, pages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from offers.domain.renewal import RenewalRules
    from offers.ports.clock import Clock
    from offers.ports.outside.queues import LifecycleQueue
    from offers.ports.pages import Page, PageRequest
    from offers.ports.store.work import Reading


@dataclass(frozen=True)
class ExpireAndRenew:
    """Renewals first, so that nothing ends for want of a try; then ends; then services outside."""

    reading: Reading
    lifecycle_queue: LifecycleQueue
    clock: Clock
    renewal_rules: RenewalRules

    def __call__(self, has_time: Callable[[], bool]) -> Mapping[str, int]:
        """How many of each task were handed over; ``unfinished`` if time was up before all were.

        Raises StoreUnavailable.
        """
        at, handed = self.clock(), HandedOver(self.lifecycle_queue)
        if handed.is_queue_full():
            return {"waiting": 1}
        for task in (Task.RENEW, Task.EXPIRE, Task.DEACTIVATE):
            for page in pages(self._finder(task, at), has_time, handed):
                handed(iter(page.items))
        return handed.counts

    def _finder(self, task: Task, at: datetime) -> Callable[[PageRequest], Page[DueTask]]:
        def find(request: PageRequest) -> Page[DueTask]:
            with self.reading() as store:
                if task is Task.RENEW:
                    return store.sweeps.renewals(at, self.renewal_rules, request)
                if task is Task.EXPIRE:
                    return store.sweeps.expiries(at, self.renewal_rules, request)
                return store.sweeps.deactivations(at, request)

        return find
