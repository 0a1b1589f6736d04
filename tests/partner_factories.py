"""Partners, their orders and webhooks for tests."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any

from offers.adapters.webhooks.event_writer import JsonWebhookWriter
from offers.adapters.webhooks.new_secret import new_webhook_secret
from offers.domain.account import Account
from offers.domain.ids import AccountId, PartnerId, WebhookDeliveryId
from offers.domain.messages import WebhookCall
from offers.domain.partner import Partner, PartnerApiKey, UsagePlan
from offers.domain.partner_order import PartnerOrder
from offers.domain.partner_usage import ActivationLimits
from offers.domain.purchase import Buyer, Purchase, buy_activation
from offers.domain.transaction import Channel
from offers.domain.webhook import WebhookDelivery, WebhookEndpoint, WebhookEvent
from tests.factories import NOW, a_customer, an_offer, money, new_id, purchase_ids

if TYPE_CHECKING:
    from offers.domain.offer import Offer
    from offers.domain.outbox import OutboxMessage
    from offers.domain.user import User

_numbers = count(1)
URL = "https://partner.example.com/hooks?tenant=7"


def an_endpoint(**changes: Any) -> WebhookEndpoint:
    """An endpoint that works."""
    return WebhookEndpoint(**({"url": URL, "secret": new_webhook_secret()} | changes))


def a_partner(**changes: Any) -> Partner:
    """An active partner with generous limits and no webhook."""
    number = next(_numbers)
    fields: dict[str, Any] = {
        "id": PartnerId(new_id()),
        "name": f"partner-{number}",
        "contact_email": f"ops{number}@partner.example.com",
        "usage_plan": UsagePlan.BASIC,
        "limits": ActivationLimits(per_minute=60, per_day=5000),
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Partner(**(fields | changes))


def a_credit_account(partner: Partner, limit: str = "1000.00", balance: str = "0.00") -> Account:
    """The account that pays for its orders."""
    return Account(
        id=AccountId(new_id()),
        user_id=None,
        partner_id=partner.id,
        balance=money(balance),
        credit_limit=money(limit),
        updated_at=NOW,
    )


def an_api_key(partner: Partner, **changes: Any) -> PartnerApiKey:
    """A valid key."""
    fields: dict[str, Any] = {
        "api_key_id": f"key{next(_numbers):08}",
        "partner_id": partner.id,
        "key_hash": b"#" * 32,
        "created_at": NOW,
    }
    return PartnerApiKey(**(fields | changes))


def an_order(user: User, offer: Offer, **changes: Any) -> PartnerOrder:
    """An order at the offer's price."""
    fields: dict[str, Any] = {
        "user_id": user.id,
        "offer_id": offer.id,
        "amount": offer.price.amount,
    }
    return PartnerOrder(**(fields | changes))


def a_partner_purchase(partner: Partner, reference: str | None = None) -> Purchase:
    """An accepted order."""
    buyer = Buyer(a_customer().id, Channel.PARTNER, partner.id, reference)
    return buy_activation(buyer, an_offer(), a_credit_account(partner), purchase_ids(), NOW)


def a_delivery(partner: Partner | None = None) -> WebhookDelivery:
    """The event of an order that succeeded, queued just now."""
    partner = partner or a_partner(webhook=an_endpoint())
    settled = a_partner_purchase(partner).transaction.succeed("P-1", NOW)
    event = WebhookEvent.ACTIVATION_SUCCEEDED
    return WebhookDelivery(
        id=WebhookDeliveryId(new_id()),
        partner_id=partner.id,
        transaction_id=settled.id,
        event=event,
        body=JsonWebhookWriter().write(event, settled, NOW),
        created_at=NOW,
        updated_at=NOW,
        queued_at=NOW,
        next_attempt_at=NOW,
    )


def a_call(delivery: WebhookDelivery | None = None, **changes: Any) -> WebhookCall:
    """Its first attempt, signed."""
    delivery = delivery or a_delivery()
    call = WebhookCall(
        delivery_id=delivery.id,
        partner_id=delivery.partner_id,
        attempt=1,
        event=delivery.event,
        url=URL,
        headers={"webhook-id": str(delivery.id)},
        signed_at=NOW,
        body=delivery.body,
    )
    return replace(call, **changes)


def call_of(message: OutboxMessage) -> WebhookCall:
    """What a message of the webhook queue holds."""
    assert isinstance(message.content, WebhookCall)
    return message.content
