"""Works on activation messages whose deliveries are spent."""

from uuid import UUID

from offers.domain.ids import TransactionId
from offers.entrypoints.events import activation, sqs_batch
from offers.services.activation.recover_transaction import RecoverTransaction
from offers.wiring import choices, make, messages


def recover(message: sqs_batch.Message) -> sqs_batch.Result:
    """Try again while tries are left, else ask the provisioning system what happened."""
    transaction_id = TransactionId(UUID(message.body["transaction_id"]))
    return activation.result_of(transaction_id, make(RecoverTransaction)(transaction_id))


handler = sqs_batch.handler(
    recover,
    make.later(messages.dead_letter_visibility),
    make.later(choices.seconds_for_one_activation),
)
