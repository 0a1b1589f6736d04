"""Works on the lifecycle queue: reminds, renews, expires, ends services outside."""

from offers import wiring
from offers.entrypoints import lifecycle, sqs_batch


def advance(message: sqs_batch.Message) -> sqs_batch.Result:
    """One task about one subscription."""
    due = lifecycle.due_task(message.body)
    lifecycle.measure_step(due, wiring.advance_subscription()(due))
    return sqs_batch.DONE


handler = sqs_batch.handler(advance, needs_seconds=wiring.seconds_for_one_activation)
