"""Find what time has made due about subscriptions, and hand it to the workers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from offers.ports.pages import PageRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from offers.domain.due_task import DueTask
    from offers.ports.outside.queues import LifecycleQueue
    from offers.ports.pages import Page

PAGE = 100
"""What is found, and sent in ten calls, between two looks at the time that is left."""

MAX_BACKLOG = 1_000
"""With more messages than this waiting, what is due has been found already: a sweep then waits for
the workers instead of sending everything once more."""

T = TypeVar("T")


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

    def leave_the_rest(self) -> None:
        """Time is up: what is left is found by the next sweep. Say so."""
        self.counts["unfinished"] = 1

    def is_queue_full(self) -> bool:
        """Whether the workers are behind."""
        return (self.queue.backlog() or 0) > MAX_BACKLOG


def pages(
    find: Callable[[PageRequest], Page[T]], has_time: Callable[[], bool], handed: HandedOver
) -> Iterator[Page[T]]:
    """Page by page while there is time; memory holds one page. What is left is noted."""
    request = PageRequest(PAGE)
    while has_time():
        page = find(request)
        yield page
        if page.next is None:
            return
        request = PageRequest(PAGE, page.next)
    handed.leave_the_rest()
