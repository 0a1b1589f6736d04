"""Records what the delivery functions report."""

from offers import wiring
from offers.entrypoints import sqs_batch, telemetry
from offers.entrypoints.metric_names import Metric


def record(message: sqs_batch.Message) -> sqs_batch.Result:
    """One outcome: of a webhook, or of an email."""
    if "delivery_id" in message.body:
        step = wiring.record_webhook_outcome()(message.body)
        telemetry.measure(Metric.WEBHOOK_DELIVERIES, step=step)
    else:
        wiring.record_outcome()(message.body)
    return sqs_batch.DONE


handler = sqs_batch.handler(record)
