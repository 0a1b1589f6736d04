"""Ask each part whether it can be reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Probe = Callable[[], bool]
"""True if the part answers in time. Never raises."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts answer."""

    database: bool
    redis: bool
    queue: bool


@dataclass(frozen=True)
class CheckReadiness:
    """Only the database is needed; the others may be away for a while."""

    database_answers: Probe
    redis_answers: Probe
    queue_answers: Probe

    def __call__(self) -> Parts:
        """Never raises."""
        return Parts(self.database_answers(), self.redis_answers(), self.queue_answers())
