"""Gets transactions going again that stand still."""

from offers.entrypoints.events import activation, schedule
from offers.services.activation.reconcile_activations import ReconcileActivations
from offers.services.activation.resume_activations import ResumeActivations
from offers.wiring import choices, make


def reconcile(run: schedule.Run) -> dict[str, int]:
    """How many transactions made which progress; with ``{"resume": true}``, for when the queues are
    lost, how many were sent again.
    """
    needed = make(choices.seconds_for_one_activation)
    if run.is_asked_to("resume"):
        return {"resumed": make(ResumeActivations)(lambda: run.has_seconds(needed))}
    steps = make(ReconcileActivations)(lambda: run.has_seconds(needed))
    return activation.tally(steps)


handler = schedule.handler("reconcile_activations", reconcile)
