"""A circuit breaker in memory: only one call pays for finding out that something is away.

Powertools' circuit breaker keeps its state in DynamoDB, a second system to reach while the first is
down, and counts failures in a row; here one timeout is enough, and what one execution environment
knows is enough.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 5.0


class Breaker:
    """Open for ``pause_seconds`` after a failure, then the next call tries again.

    It reads the wall clock: an execution environment may be frozen for minutes, and only the wall
    clock is sure to have moved on. Threads may share it: at worst several of them try at once.
    """

    def __init__(
        self, name: str, pause_seconds: float = PAUSE_SECONDS, now: Callable[[], float] = time.time
    ) -> None:
        self._name = name
        self._pause_seconds = pause_seconds
        self._now = now
        self._tripped_at: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether calls should not be made. A clock that was set back closes it."""
        if self._tripped_at is None:
            return False
        return 0 <= self._now() - self._tripped_at < self._pause_seconds

    def trip(self, cause: str) -> None:
        """A call failed: open. Logs one warning for each opening."""
        if not self.is_open:
            logger.warning(
                "%s is away; not asked again for %g s: %s", self._name, self._pause_seconds, cause
            )
        self._tripped_at = self._now()

    def reset(self) -> None:
        """A call succeeded: close."""
        self._tripped_at = None
