"""How long to wait before the next try. Half of each wait is left to ``chance``, a number from 0 up
to 1, so that retries spread.
"""

from __future__ import annotations

MAX_DELAY_SECONDS = 600
SHORTEST_SECONDS = 5


def delay_seconds(attempt: int, chance: float, base_seconds: int = SHORTEST_SECONDS) -> int:
    """Doubles with each attempt (1, 2, …) up to MAX_DELAY_SECONDS."""
    return _spread(base_seconds << min(max(attempt - 1, 0), 10), chance)


def _spread(seconds: int, chance: float) -> int:
    ceiling = min(MAX_DELAY_SECONDS, seconds)
    return ceiling - int(chance * (ceiling // 2 + 1))
