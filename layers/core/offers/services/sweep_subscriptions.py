"""Find what time has made due about subscriptions, and hand it to the workers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from offers.domain.lifecycle import DueTask, Task
from offers.domain.reminder import due_reminder, window
from offers.domain.time_zone import zone_of
from offers.ports.pages import PageRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from offers.domain.renewal import RenewalRules
    from offers.ports.clock import Clock
    from offers.ports.lifecycle import LifecycleQueue, Unreminded
    from offers.ports.pages import Page
    from offers.ports.store import Reading

PAGE = 500
MAX_BACKLOG = 1_000
"""With more messages than this waiting, what is due has been found already: a sweep then waits for
the workers instead of sending everything once more."""

T = TypeVar("T")


@dataclass(frozen=True)
class RemindExpiring:
    """Due is what has a reminder of its day outstanding, so a missed day is caught up and a second
    run finds nothing.
    """

    reading: Reading
    queue: LifecycleQueue
    clock: Clock
    days: tuple[int, ...]

    def __call__(self, has_time: Callable[[], bool]) -> Mapping[str, int]:
        """How many reminders were handed over. Raises StoreUnavailable."""
        at, handed = self.clock(), HandedOver(self.queue)
        if handed.is_queue_full():
            return {"waiting": 1}
        for day in sorted(self.days):  # the most urgent first
            for page in _pages(self._finder(day, at), has_time):
                handed(
                    DueTask(Task.REMIND, each.subscription_id)
                    for each in page.items
                    if self._due(each, at) == day
                )
        return handed.counts

    def _finder(self, day: int, at: datetime) -> Callable[[PageRequest], Page[Unreminded]]:
        after, until = window(self.days, day)

        def find(request: PageRequest) -> Page[Unreminded]:
            with self.reading() as store:
                return store.sweeps.unreminded(day, at + after, at + until, request)

        return find

    def _due(self, each: Unreminded, at: datetime) -> int | None:
        return due_reminder(self.days, each.expires_at, at, zone_of(each.time_zone))


@dataclass(frozen=True)
class ExpireAndRenew:
    """Renewals first, so that nothing ends for want of a try; then ends; then services outside."""

    reading: Reading
    queue: LifecycleQueue
    clock: Clock
    rules: RenewalRules

    def __call__(self, has_time: Callable[[], bool]) -> Mapping[str, int]:
        """How many of each task were handed over. Raises StoreUnavailable."""
        at, handed = self.clock(), HandedOver(self.queue)
        if handed.is_queue_full():
            return {"waiting": 1}
        for task in (Task.RENEW, Task.EXPIRE, Task.DEACTIVATE):
            for page in _pages(self._finder(task, at), has_time):
                handed(iter(page.items))
        return handed.counts

    def _finder(self, task: Task, at: datetime) -> Callable[[PageRequest], Page[DueTask]]:
        def find(request: PageRequest) -> Page[DueTask]:
            with self.reading() as store:
                if task is Task.RENEW:
                    return store.sweeps.renewals(at, self.rules, request)
                if task is Task.EXPIRE:
                    return store.sweeps.expiries(at, self.rules, request)
                return store.sweeps.deactivations(at, request)

        return find


@dataclass(frozen=True)
class HandedOver:
    """Sends and counts."""

    queue: LifecycleQueue
    counts: dict[str, int] = field(default_factory=dict)

    def __call__(self, due: Iterator[DueTask]) -> None:
        """Send what is due; what the queue does not take is found again by the next sweep."""
        tasks = tuple(due)
        refused = self.queue.send(tasks) if tasks else 0
        for each in tasks:
            self.counts[each.task] = self.counts.get(each.task, 0) + 1
        if refused:
            self.counts["refused"] = self.counts.get("refused", 0) + refused

    def is_queue_full(self) -> bool:
        """Whether the workers are behind."""
        return (self.queue.backlog() or 0) > MAX_BACKLOG


def _pages(
    find: Callable[[PageRequest], Page[T]], has_time: Callable[[], bool]
) -> Iterator[Page[T]]:
    """Page by page while there is time; memory holds one page."""
    request = PageRequest(PAGE)
    while has_time():
        page = find(request)
        yield page
        if page.next is None:
            return
        request = PageRequest(PAGE, page.next)
