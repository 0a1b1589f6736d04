"""Partners share the webhook queue fairly."""

from __future__ import annotations

from offers.adapters.sqs.batches import entries
from tests.contract.values import a_message
from tests.factories import NOW
from tests.partner_factories import a_call


def test_a_partners_messages_are_a_group_and_others_are_in_none() -> None:
    call = a_call()

    (_, webhook), (_, other) = entries([a_message(content=call), a_message()], NOW)

    assert webhook["MessageGroupId"] == str(call.partner_id)
    assert "MessageGroupId" not in other
