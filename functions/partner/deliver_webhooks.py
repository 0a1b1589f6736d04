"""Calls partners. Has neither database nor secret: messages come signed, outcomes go by a queue."""

from offers.domain.messages import WebhookCall
from offers.entrypoints import telemetry
from offers.entrypoints.events import sqs_batch
from offers.entrypoints.metric_names import Metric
from offers.ports import message_codec
from offers.services.webhooks.deliver_webhook import DeliverWebhook
from offers.wiring import make


def deliver(message: sqs_batch.Message) -> sqs_batch.Result:
    """One call."""
    call = message_codec.read_as(message.body, WebhookCall)
    outcome = make(DeliverWebhook)(call)
    telemetry.measure(Metric.WEBHOOK_CALLS, outcome=outcome)
    return sqs_batch.DONE


handler = sqs_batch.handler(deliver)
