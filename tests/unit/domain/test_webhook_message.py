"""What is sent verifies with the library that partners use."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from offers.adapters.webhooks.new_secret import new_webhook_secret
from offers.domain.ids import OutboxMessageId
from offers.domain.outbox import Topic
from offers.domain.transaction import Failure
from offers.domain.webhook import WebhookEvent
from offers.domain.webhook_message import (
    delivery_message,
    new_delivery,
    order_facts,
    signed_headers,
)
from tests.factories import NOW, new_id
from tests.partner_factories import a_delivery, a_partner, a_partner_purchase


def now() -> datetime:
    return datetime.now(UTC)


def test_a_signature_verifies() -> None:
    delivery, secret = a_delivery(), new_webhook_secret()

    headers = signed_headers(delivery.id, delivery.body, [secret], now())

    verified = Webhook(secret).verify(delivery.body, headers)
    assert verified["type"] == "activation.succeeded"
    assert headers["webhook-id"] == str(delivery.id)


def test_both_secrets_verify_while_one_is_rotated() -> None:
    delivery, secrets = a_delivery(), [new_webhook_secret(), new_webhook_secret()]

    headers = signed_headers(delivery.id, delivery.body, secrets, now())

    for secret in secrets:
        Webhook(secret).verify(delivery.body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(new_webhook_secret()).verify(delivery.body, headers)


def test_what_was_tampered_with_or_is_old_does_not_verify() -> None:
    delivery, secret = a_delivery(), new_webhook_secret()
    headers = signed_headers(delivery.id, delivery.body, [secret], now())
    old = signed_headers(delivery.id, delivery.body, [secret], now() - timedelta(minutes=6))

    for body, given in (
        (delivery.body.replace("29.99", "0.01"), headers),
        (delivery.body, headers | {"webhook-id": str(new_id())}),
        (delivery.body, old),
    ):
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(body, given)


def test_an_event_carries_what_validate_answers() -> None:
    purchase = a_partner_purchase(a_partner(), "order-4711")
    failed = purchase.transaction.fail(Failure("no_line", "There is no line."), NOW)

    body = json.loads(new_delivery(a_delivery().id, a_partner().id, failed, NOW).body)

    assert body["type"] == "activation.failed"
    assert body["timestamp"] == "2026-03-14T09:26:53.589793Z"
    assert body["data"] == order_facts(failed)
    assert body["data"]["partner_reference"] == "order-4711"
    assert body["data"]["failure"] == {"code": "no_line", "reason": "There is no line."}
    assert body["data"]["amount"] == "29.99"


def test_the_message_names_the_delivery_and_holds_no_secret() -> None:
    delivery = a_delivery()

    message = delivery_message(OutboxMessageId(new_id()), delivery, NOW)

    assert message.topic is Topic.WEBHOOK
    assert message.payload == {"delivery_id": str(delivery.id), "attempt": 1}
    assert delivery.event is WebhookEvent.ACTIVATION_SUCCEEDED
