"""Forgets what is no longer needed."""

from offers.entrypoints.events import schedule
from offers.services.administration.prune_expired import PruneExpired
from offers.wiring import make


def prune(run: schedule.Run) -> dict[str, int]:
    """How many rows of each kind went."""
    return dict(make(PruneExpired)(lambda: run.has_seconds(10)))


handler = schedule.handler("prune_expired", prune)
