"""Marks addresses that bounced or complained, as SES tells through SNS."""

from offers.entrypoints import telemetry
from offers.entrypoints.events import sns_events
from offers.entrypoints.metric_names import Metric
from offers.services.notifications.record_bounce import RecordBounce
from offers.wiring import make


def record(feedback: sns_events.Feedback) -> None:
    """One event of SES."""
    marked = make(RecordBounce)(feedback.addresses, feedback.status)
    telemetry.measure(Metric.ADDRESSES_MARKED, marked, status=feedback.status)


handler = sns_events.handler(record)
