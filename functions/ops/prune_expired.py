"""Forgets what is no longer needed."""

from offers.entrypoints.events import schedule
from offers.services.administration.prune_expired import PruneExpired
from offers.wiring import make

SECONDS_FOR_A_BATCH = 10
"""What deleting one batch may take when the database is slow."""


def prune(run: schedule.Run) -> dict[str, int]:
    """How many rows of each kind went."""
    return dict(make(PruneExpired)(lambda: run.has_seconds(SECONDS_FOR_A_BATCH)))


handler = schedule.handler("prune_expired", prune)
