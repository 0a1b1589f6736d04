"""Sends emails. Has no database: the message holds everything, the outcome goes back by a queue."""

from offers.domain.messages import RenderedEmail
from offers.domain.notification import NotificationStatus
from offers.entrypoints import telemetry
from offers.entrypoints.events import sqs_batch
from offers.entrypoints.metric_names import Metric
from offers.ports import message_codec
from offers.services.notifications.deliver_notification import DeliverNotification
from offers.wiring import make, messages


def deliver(message: sqs_batch.Message) -> sqs_batch.Result:
    """One email."""
    email = message_codec.read_as(message.body, RenderedEmail)
    sent = make(DeliverNotification)(email) is NotificationStatus.SENT
    metric = Metric.EMAILS_SENT if sent else Metric.EMAILS_FAILED
    telemetry.measure(metric, notice=email.notice)
    return sqs_batch.DONE


handler = sqs_batch.handler(
    deliver, make.later(messages.notification_visibility), pause=sqs_batch.growing_pause
)
