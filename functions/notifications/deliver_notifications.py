"""Sends emails. Has no database: the message holds everything, the outcome goes back by a queue."""

from offers import wiring
from offers.domain.notification import NotificationStatus
from offers.entrypoints import sqs_batch, telemetry
from offers.entrypoints.metric_names import Metric


def deliver(message: sqs_batch.Message) -> sqs_batch.Result:
    """One email."""
    status = wiring.deliver_notification()(message.body)
    sent = status is NotificationStatus.SENT
    metric = Metric.EMAILS_SENT if sent else Metric.EMAILS_FAILED
    telemetry.measure(metric, notice=message.body.get("notice", "unknown"))
    return sqs_batch.DONE


handler = sqs_batch.handler(deliver)
