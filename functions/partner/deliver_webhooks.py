"""Calls partners. Has neither database nor secret: messages come signed, outcomes go by a queue."""

from offers import wiring
from offers.entrypoints import sqs_batch, telemetry
from offers.entrypoints.metric_names import Metric


def deliver(message: sqs_batch.Message) -> sqs_batch.Result:
    """One call."""
    outcome = wiring.deliver_webhook()(message.body)
    telemetry.measure(Metric.WEBHOOK_CALLS, outcome=outcome)
    return sqs_batch.DONE


handler = sqs_batch.handler(deliver)
