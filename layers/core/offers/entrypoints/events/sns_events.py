"""What SES tells through SNS about emails that were sent: bounces and complaints.

The documents are those of SES's event publishing
(docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html). A soft bounce may
pass next time, so only a permanent one counts. What cannot be read fails the invocation: Lambda
tries again and then keeps the event in the dead-letter queue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools.utilities.data_classes.sns_event import SNSEvent
from aws_lambda_powertools.utilities.typing import LambdaContext

from offers.domain import strict_json
from offers.domain.user import EmailStatus
from offers.entrypoints import telemetry


@dataclass(frozen=True, slots=True)
class Feedback:
    """Addresses that must not be written to any more, and why."""

    addresses: tuple[str, ...]
    status: EmailStatus


def handler(
    record: Callable[[Feedback], None],
) -> Callable[[dict[str, Any], LambdaContext], None]:
    """The Lambda handler: every event is recorded; again is harmless."""

    def handle(event: dict[str, Any], context: LambdaContext) -> None:
        telemetry.begin("", context)
        for feedback in feedback_of(event):
            telemetry.logger.info("feedback", extra={"status": feedback.status})
            record(feedback)

    return handle


def feedback_of(event: dict[str, Any]) -> Iterator[Feedback]:
    """What concerns an address for good. Raises KeyError or ValueError for what SES never sends."""
    for record in SNSEvent(event).records:
        told = strict_json.read_object(record.sns.message)
        feedback = _feedback(told)
        if feedback is not None and feedback.addresses:
            yield feedback


def _feedback(told: Mapping[str, Any]) -> Feedback | None:
    match told.get("eventType") or told["notificationType"]:
        case "Bounce" if told["bounce"]["bounceType"] == "Permanent":
            addresses = _addresses(told["bounce"]["bouncedRecipients"])
            return Feedback(addresses, EmailStatus.BOUNCED)
        case "Complaint" if told["complaint"].get("complaintFeedbackType") != "not-spam":
            addresses = _addresses(told["complaint"]["complainedRecipients"])
            return Feedback(addresses, EmailStatus.COMPLAINED)
        case _:
            return None


def _addresses(recipients: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Bare addresses: a recipient may come as ``Name <address>``."""
    found = (str(each["emailAddress"]).strip() for each in recipients)
    return tuple(each.rpartition("<")[2].rstrip(">") for each in found)
