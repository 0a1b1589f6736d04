"""Works on the activation queue."""

from uuid import UUID

from offers import wiring
from offers.domain.ids import TransactionId
from offers.entrypoints import pipeline, sqs_batch


def work(message: sqs_batch.Message) -> sqs_batch.Result:
    """One delivery of one activation."""
    transaction_id = TransactionId(UUID(message.body["transaction_id"]))
    return pipeline.result_of(
        transaction_id, wiring.process_activation()(transaction_id, message.receive_count)
    )


handler = sqs_batch.handler(work, wiring.activation_visibility, wiring.seconds_for_one_activation)
