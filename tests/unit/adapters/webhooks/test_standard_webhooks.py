"""What is sent verifies with the library that partners use, and says what validate answers."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from offers.adapters.webhooks.event_writer import JsonWebhookWriter
from offers.adapters.webhooks.new_secret import new_webhook_secret
from offers.adapters.webhooks.signer import StandardWebhookSigner
from offers.domain.transaction import Failure
from offers.domain.webhook import WebhookEvent
from offers.entrypoints.http.schemas.partners import order_document
from tests.factories import NOW, new_id
from tests.partner_factories import a_delivery, a_partner, a_partner_purchase

sign = StandardWebhookSigner().sign


def now() -> datetime:
    return datetime.now(UTC)


def test_a_signature_verifies() -> None:
    delivery, secret = a_delivery(), new_webhook_secret()

    headers = sign(delivery.id, delivery.body, [secret], now())

    verified = Webhook(secret).verify(delivery.body, headers)
    assert verified["type"] == "activation.succeeded"
    assert headers["webhook-id"] == str(delivery.id)


def test_a_signature_is_the_one_of_the_specification() -> None:
    headers = sign(
        a_delivery().id,
        "",
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        datetime(2026, 1, 1, tzinfo=UTC),
    )

    assert headers["webhook-timestamp"] == "1767225600"
    assert headers["webhook-signature"].startswith("v1,")


def test_both_secrets_verify_while_one_is_rotated() -> None:
    delivery, secrets = a_delivery(), [new_webhook_secret(), new_webhook_secret()]

    headers = sign(delivery.id, delivery.body, secrets, now())

    for secret in secrets:
        Webhook(secret).verify(delivery.body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(new_webhook_secret()).verify(delivery.body, headers)


def test_a_moment_in_another_time_zone_is_signed_as_the_same_moment() -> None:
    delivery, secret = a_delivery(), new_webhook_secret()
    elsewhere = now().astimezone(timezone(timedelta(hours=9)))

    Webhook(secret).verify(delivery.body, sign(delivery.id, delivery.body, [secret], elsewhere))


def test_what_was_tampered_with_or_is_old_does_not_verify() -> None:
    delivery, secret = a_delivery(), new_webhook_secret()
    headers = sign(delivery.id, delivery.body, [secret], now())
    old = sign(delivery.id, delivery.body, [secret], now() - timedelta(minutes=6))

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

    body = json.loads(JsonWebhookWriter().write(WebhookEvent.ACTIVATION_FAILED, failed, NOW))

    assert body["type"] == "activation.failed"
    assert body["timestamp"] == "2026-03-14T09:26:53.589793Z"
    assert body["data"] == order_document(failed)
    assert body["data"]["partner_reference"] == "order-4711"
    assert body["data"]["failure"] == {"code": "no_line", "reason": "There is no line."}
    assert body["data"]["amount"] == "29.99"
