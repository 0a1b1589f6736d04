"""Gets transactions going again that stand still."""

from offers.entrypoints.events import activation, schedule
from offers.services.activation.reconcile_activations import ReconcileActivations
from offers.wiring import choices, make


def reconcile(run: schedule.Run) -> dict[str, int]:
    """How many transactions made which progress."""
    needed = make(choices.seconds_for_one_activation)
    steps = make(ReconcileActivations)(lambda: run.has_seconds(needed))
    return activation.tally(steps)


handler = schedule.handler("reconcile_activations", reconcile)
