"""Works on activation messages whose deliveries are spent."""

from uuid import UUID

from offers import wiring
from offers.domain.ids import TransactionId
from offers.entrypoints import pipeline, sqs_batch


def recover(message: sqs_batch.Message) -> sqs_batch.Result:
    """Try again while tries are left, else ask the provisioning system what happened."""
    transaction_id = TransactionId(UUID(message.body["transaction_id"]))
    return pipeline.result_of(transaction_id, wiring.recover_transaction()(transaction_id))


handler = sqs_batch.handler(
    recover, wiring.dead_letter_visibility, wiring.seconds_for_one_activation
)
