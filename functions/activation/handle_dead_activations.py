"""Works on activation messages whose deliveries are spent."""

from offers.domain.messages import ActivationRequested
from offers.entrypoints.events import activation, sqs_batch
from offers.ports import message_codec
from offers.services.activation.recover_transaction import RecoverTransaction
from offers.wiring import choices, make, messages


def recover(message: sqs_batch.Message) -> sqs_batch.Result:
    """Try again while tries are left, else ask the provisioning system what happened."""
    transaction_id = message_codec.read_as(message.body, ActivationRequested).transaction_id
    return activation.result_of(transaction_id, make(RecoverTransaction)(transaction_id))


handler = sqs_batch.handler(
    recover,
    make.later(messages.dead_letter_visibility),
    make.later(choices.seconds_for_one_activation),
)
