"""Works on the activation queue."""

from offers.domain.messages import ActivationRequested
from offers.entrypoints.events import activation, sqs_batch
from offers.ports import message_codec
from offers.services.activation.process_activation import ProcessActivation
from offers.wiring import choices, make, messages


def work(message: sqs_batch.Message) -> sqs_batch.Result:
    """One delivery of one activation."""
    transaction_id = message_codec.read_as(message.body, ActivationRequested).transaction_id
    return activation.result_of(
        transaction_id, make(ProcessActivation)(transaction_id, message.receive_count)
    )


AT_ONCE = 10
"""A whole batch (BatchSize in template.yaml): each order waits for the provisioning system by
itself, and three database connections serve them all.
"""

handler = sqs_batch.handler(
    work,
    make.later(messages.activation_visibility),
    make.later(choices.seconds_for_one_activation),
    at_once=AT_ONCE,
)
