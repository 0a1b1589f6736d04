"""Sign-ins counted by this process."""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING

from offers.domain.errors.sessions import TooManyAttempts
from offers.ports.outside.login_throttle import WINDOW_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.domain.sign_in import Attempt, Count

MOST = 10_000
"""Counts kept, some megabytes; of more, the oldest is forgotten."""

_Key = tuple[str, str]


class ProcessLoginThrottle:
    """Port LoginThrottle, for while there is no common count: guesses are then bounded by the
    limit times the number of environments."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now  # the wall clock moves on while the environment is frozen
        self._tries: dict[_Key, tuple[int, float]] = {}
        self._counting = Lock()

    def admit(self, attempt: Attempt) -> None:
        """Count it; raise TooManyAttempts with the seconds until the window ends."""
        with self._counting:
            waits = [self._count(each) for each in attempt.counts]
        if any(waits):
            raise TooManyAttempts(max(waits))

    def clear(self, attempt: Attempt) -> None:
        """Forget the first count, and one try of the others."""
        first, *others = map(_key, attempt.counts)
        with self._counting:
            self._tries.pop(first, None)
            for key in others:
                if key in self._tries:
                    tries, until = self._tries[key]
                    self._tries[key] = (max(0, tries - 1), until)

    def _count(self, count: Count) -> int:
        """The seconds to wait, zero within the limit."""
        key, now = _key(count), self._now()
        tries, until = self._tries.pop(key, (0, 0.0))
        if now >= until:
            tries, until = 0, now + WINDOW_SECONDS
        if len(self._tries) >= MOST:
            del self._tries[next(iter(self._tries))]
        self._tries[key] = (tries + 1, until)
        return 0 if tries < count.limit else max(1, round(until - now))


def _key(count: Count) -> _Key:
    return count.kind, count.subject
