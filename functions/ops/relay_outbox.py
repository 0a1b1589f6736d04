"""Sends messages that could not be sent right after their commit."""

from offers.entrypoints import telemetry
from offers.entrypoints.events import schedule
from offers.entrypoints.metric_names import Metric
from offers.services.outbox.relay_outbox import RelayOutbox
from offers.wiring import make

SECONDS_FOR_A_BATCH = 20
"""What taking, sending and deleting one batch may take when SQS or the database is slow."""


def relay(run: schedule.Run) -> dict[str, int]:
    """How many messages were sent and how many postponed."""
    result = make(RelayOutbox)(lambda: run.has_seconds(SECONDS_FOR_A_BATCH))
    telemetry.measure(Metric.OUTBOX_RELAYED, result["sent"])
    telemetry.measure(Metric.OUTBOX_POSTPONED, result["postponed"])
    return dict(result)


handler = schedule.handler("relay_outbox", relay)
