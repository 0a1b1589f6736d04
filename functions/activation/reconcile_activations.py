"""Gets transactions going again that stand still."""

from offers import wiring
from offers.entrypoints import pipeline, schedule


def reconcile(run: schedule.Run) -> dict[str, int]:
    """How many transactions made which progress."""
    needed = wiring.seconds_for_one_activation()
    steps = wiring.reconcile_activations()(lambda: run.has_seconds(needed))
    return pipeline.tally(steps)


handler = schedule.handler("reconcile_activations", reconcile)
