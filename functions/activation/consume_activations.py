"""Works on the activation queue."""

from uuid import UUID

from offers.domain.ids import TransactionId
from offers.entrypoints.events import activation, sqs_batch
from offers.services.activation.process_activation import ProcessActivation
from offers.wiring import choices, make, messages


def work(message: sqs_batch.Message) -> sqs_batch.Result:
    """One delivery of one activation."""
    transaction_id = TransactionId(UUID(message.body["transaction_id"]))
    return activation.result_of(
        transaction_id, make(ProcessActivation)(transaction_id, message.receive_count)
    )


handler = sqs_batch.handler(
    work,
    make.later(messages.activation_visibility),
    make.later(choices.seconds_for_one_activation),
)
