"""Records what the delivery functions report."""

from offers.domain.messages import EmailOutcome, WebhookExpired, WebhookOutcome
from offers.entrypoints import telemetry
from offers.entrypoints.events import sqs_batch
from offers.entrypoints.metric_names import Metric
from offers.ports import message_codec
from offers.services.notifications.record_notification_outcome import RecordNotificationOutcome
from offers.services.webhooks.record_webhook_outcome import RecordWebhookOutcome
from offers.wiring import make, messages


def record(message: sqs_batch.Message) -> sqs_batch.Result:
    """One outcome: of an email, or of a webhook."""
    match message_codec.read(message.body):
        case EmailOutcome() as outcome:
            make(RecordNotificationOutcome)(outcome)
        case WebhookOutcome() | WebhookExpired() as outcome:
            step = make(RecordWebhookOutcome)(outcome)
            telemetry.measure(Metric.WEBHOOK_DELIVERIES, step=step)
        case other:
            raise message_codec.OutOfPlace(other)
    return sqs_batch.DONE


handler = sqs_batch.handler(
    record, make.later(messages.outcome_visibility), pause=sqs_batch.growing_pause
)
