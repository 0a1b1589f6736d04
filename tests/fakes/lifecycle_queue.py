"""Port LifecycleQueue in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from offers.domain.due_task import DueTask


class FakeLifecycleQueue:
    """Keeps what was sent, in order; ``is_away`` takes nothing."""

    def __init__(self) -> None:
        self.sent: list[DueTask] = []
        self.is_away = False

    def send(self, tasks: Sequence[DueTask]) -> int:
        if self.is_away:
            return len(tasks)
        self.sent += tasks
        return 0

    def backlog(self) -> int | None:
        return None if self.is_away else len(self.sent)

    def take(self) -> list[DueTask]:
        """Receive and remove everything."""
        taken, self.sent = self.sent, []
        return taken
