"""How long to wait before the next try."""

from __future__ import annotations

import random

MAX_DELAY_SECONDS = 600


def delay_seconds(attempt: int, base_seconds: int = 5) -> int:
    """Doubles with each attempt (1, 2, …) up to MAX_DELAY_SECONDS; half of it is random, so that
    retries spread.
    """
    return _spread(base_seconds << min(max(attempt - 1, 0), 10))


def pause_seconds(waited_seconds: int, base_seconds: int = 5) -> int:
    """The same for what does not count its attempts: as long again as it has waited so far."""
    return _spread(max(base_seconds, waited_seconds))


def _spread(seconds: int) -> int:
    ceiling = min(MAX_DELAY_SECONDS, seconds)
    return ceiling - random.randrange(ceiling // 2 + 1)  # noqa: S311  # spreads load, guards nothing
