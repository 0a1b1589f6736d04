"""Marks addresses that bounced or complained, as SES tells through SNS."""

from offers import wiring
from offers.entrypoints import sns_events, telemetry
from offers.entrypoints.metric_names import Metric


def record(feedback: sns_events.Feedback) -> None:
    """One event of SES."""
    marked = wiring.record_bounce()(feedback.addresses, feedback.status)
    telemetry.measure(Metric.ADDRESSES_MARKED, marked, status=feedback.status)


handler = sns_events.handler(record)
