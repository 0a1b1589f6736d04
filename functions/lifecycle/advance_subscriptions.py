"""Works on the lifecycle queue: reminds, renews, expires, ends services outside."""

from offers.domain.due_task import DueTask
from offers.entrypoints.events import sqs_batch, subscriptions
from offers.ports import message_codec
from offers.services.subscriptions.advance_subscription import AdvanceSubscription
from offers.wiring import choices, make, messages


def advance(message: sqs_batch.Message) -> sqs_batch.Result:
    """One task about one subscription."""
    due = message_codec.read_as(message.body, DueTask)
    subscriptions.measure_step(due, make(AdvanceSubscription)(due))
    return sqs_batch.DONE


handler = sqs_batch.handler(
    advance,
    make.later(messages.lifecycle_visibility),
    make.later(choices.seconds_for_one_activation),
)
