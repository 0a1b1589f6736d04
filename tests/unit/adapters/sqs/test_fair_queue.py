"""Partners share the webhook queue fairly."""

from __future__ import annotations

from dataclasses import replace

from offers.adapters.sqs.batches import entries
from offers.domain.ids import OutboxMessageId
from offers.domain.webhook_message import delivery_message
from tests.factories import NOW, new_id
from tests.partner_factories import a_delivery, a_partner, a_partner_purchase


def test_a_partners_messages_are_a_group_and_others_are_in_none() -> None:
    delivery = a_delivery()
    message = delivery_message(OutboxMessageId(new_id()), delivery, NOW)
    signed = replace(message, payload={**message.payload, "partner_id": str(delivery.partner_id)})
    activation = a_partner_purchase(a_partner()).message

    (_, webhook), (_, other) = entries([signed, activation], NOW)

    assert webhook["MessageGroupId"] == str(delivery.partner_id)
    assert "MessageGroupId" not in other
