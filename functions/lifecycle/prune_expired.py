"""Forgets what is no longer needed."""

from offers import wiring
from offers.entrypoints import schedule


def prune(run: schedule.Run) -> dict[str, int]:
    """How many rows of each kind went."""
    return dict(wiring.prune_expired()(lambda: run.has_seconds(10)))


handler = schedule.handler("prune_expired", prune)
