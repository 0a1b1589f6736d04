"""Records what the delivery functions report."""

from offers.entrypoints import telemetry
from offers.entrypoints.events import sqs_batch
from offers.entrypoints.metric_names import Metric
from offers.services.notifications.record_notification_outcome import RecordOutcome
from offers.services.webhooks.record_webhook_outcome import RecordWebhookOutcome
from offers.wiring import make


def record(message: sqs_batch.Message) -> sqs_batch.Result:
    """One outcome: of a webhook, or of an email."""
    if "delivery_id" in message.body:
        step = make(RecordWebhookOutcome)(message.body)
        telemetry.measure(Metric.WEBHOOK_DELIVERIES, step=step)
    else:
        make(RecordOutcome)(message.body)
    return sqs_batch.DONE


handler = sqs_batch.handler(record)
