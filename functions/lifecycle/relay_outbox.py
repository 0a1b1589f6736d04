"""Sends messages that could not be sent right after their commit."""

from offers import wiring
from offers.entrypoints import schedule, telemetry
from offers.entrypoints.metric_names import Metric


def relay(run: schedule.Run) -> dict[str, int]:
    """How many messages were sent and how many postponed."""
    result = wiring.relay_outbox()(lambda: run.has_seconds(20))
    telemetry.measure(Metric.OUTBOX_RELAYED, result["sent"])
    telemetry.measure(Metric.OUTBOX_POSTPONED, result["postponed"])
    return dict(result)


handler = schedule.handler("relay_outbox", relay)
