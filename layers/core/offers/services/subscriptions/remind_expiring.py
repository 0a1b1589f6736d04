"""Find subscriptions that end soon, and hand them to the workers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.due_task import DueTask, Task
from offers.domain.reminder import due_reminder, window
from offers.services.subscriptions.sweeping import HandedOver, pages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from offers.ports.clock import Clock
    from offers.ports.outside.queues import LifecycleQueue
    from offers.ports.outside.time_zones import ZoneOf
    from offers.ports.pages import Page, PageRequest
    from offers.ports.store.sweeps import Unreminded
    from offers.ports.store.work import Reading


@dataclass(frozen=True)
class RemindExpiring:
    """Due is what has a reminder of its day outstanding, so a missed day is caught up and a second
    run finds nothing.
    """

    reading: Reading
    lifecycle_queue: LifecycleQueue
    clock: Clock
    reminder_days: tuple[int, ...]
    zone_of: ZoneOf

    def __call__(self, has_time: Callable[[], bool]) -> Mapping[str, int]:
        """How many reminders were handed over; ``unfinished`` if time was up before all were.

        Raises StoreUnavailable.
        """
        at, handed = self.clock(), HandedOver(self.lifecycle_queue)
        if handed.is_queue_full():
            return {"waiting": 1}
        for day in sorted(self.reminder_days):  # the most urgent first
            for page in pages(self._finder(day, at), has_time, handed):
                handed(
                    DueTask(Task.REMIND, each.subscription_id)
                    for each in page.items
                    if self._due(each, at) == day
                )
        return handed.counts

    def _finder(self, day: int, at: datetime) -> Callable[[PageRequest], Page[Unreminded]]:
        after, until = window(self.reminder_days, day)

        def find(request: PageRequest) -> Page[Unreminded]:
            with self.reading() as store:
                return store.sweeps.unreminded(day, at + after, at + until, request)

        return find

    def _due(self, each: Unreminded, at: datetime) -> int | None:
        return due_reminder(self.reminder_days, each.expires_at, at, self.zone_of(each.time_zone))
