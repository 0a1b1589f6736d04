"""What travels to a partner: the event's body and its signature (Standard Webhooks)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

from offers.domain.outbox import OutboxMessage, Topic
from offers.domain.transaction import TransactionStatus
from offers.domain.webhook import WebhookDelivery, WebhookEvent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from offers.domain.ids import OutboxMessageId, PartnerId, WebhookDeliveryId
    from offers.domain.transaction import Transaction

EVENTS = {
    TransactionStatus.SUCCESS: WebhookEvent.ACTIVATION_SUCCEEDED,
    TransactionStatus.FAILED: WebhookEvent.ACTIVATION_FAILED,
}


def order_facts(transaction: Transaction) -> dict[str, Any]:
    """A partner's order, ready for JSON: what ``validate`` answers and what events carry."""
    failure = transaction.failure
    return {
        "reference": transaction.reference,
        "is_valid": True,
        "transaction_id": str(transaction.id),
        "status": transaction.status.value,
        "user_id": str(transaction.user_id),
        "offer_id": str(transaction.offer_id),
        "amount": transaction.amount.amount,
        "currency": transaction.amount.currency,
        "partner_reference": transaction.partner_reference,
        "failure": failure and {"code": failure.code, "reason": failure.reason},
        "created_at": _moment(transaction.created_at),
        "updated_at": _moment(transaction.updated_at),
    }


def new_delivery(
    delivery_id: WebhookDeliveryId, partner_id: PartnerId, settled: Transaction, at: datetime
) -> WebhookDelivery:
    """The event that tells how a transaction ended, to be delivered at once."""
    event = EVENTS[settled.status]
    body = {"type": event.value, "timestamp": _moment(at), "data": order_facts(settled)}
    return WebhookDelivery(
        id=delivery_id,
        partner_id=partner_id,
        transaction_id=settled.id,
        event=event,
        body=json.dumps(body, separators=(",", ":")),
        created_at=at,
        updated_at=at,
        queued_at=at,
        next_attempt_at=at,
    )


def delivery_message(
    message_id: OutboxMessageId, delivery: WebhookDelivery, at: datetime
) -> OutboxMessage:
    """The next attempt. It names the delivery; address and signature are added when it is sent."""
    return OutboxMessage(
        id=message_id,
        topic=Topic.WEBHOOK,
        payload={"delivery_id": str(delivery.id), "attempt": delivery.attempts + 1},
        created_at=at,
        deliver_at=delivery.next_attempt_at or at,
        transaction_id=delivery.transaction_id,
    )


def signed_headers(
    delivery_id: WebhookDeliveryId, body: str, secrets: Sequence[str], at: datetime
) -> dict[str, str]:
    """``webhook-id``, ``webhook-timestamp`` and ``webhook-signature``, one for each secret."""
    timestamp = str(int(at.timestamp()))
    signed = f"{delivery_id}.{timestamp}.{body}".encode()
    return {
        "webhook-id": str(delivery_id),
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(_signature(secret, signed) for secret in secrets),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def _moment(moment: datetime) -> str:
    return moment.isoformat().removesuffix("+00:00") + "Z"
