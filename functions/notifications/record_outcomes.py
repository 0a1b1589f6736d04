"""Records what the delivery functions report."""

from offers import wiring
from offers.entrypoints import sqs_batch


def record(message: sqs_batch.Message) -> sqs_batch.Result:
    """One outcome."""
    wiring.record_outcome()(message.body)
    return sqs_batch.DONE


handler = sqs_batch.handler(record)
