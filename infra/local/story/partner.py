"""A partner's shop sells to a customer, and hears of it by webhook."""

from __future__ import annotations

import json
from typing import Any

from infra.local.commands.api_client import ApiClient
from infra.local.seed.people import PARTNER, PARTNER_API_KEY
from infra.local.story.buying import price
from infra.local.story.teller import Teller, expect, say, waited_for


def sell(customer: Teller, offer: dict[str, Any]) -> None:
    """The partner's own account pays; the customer's balance stays."""
    shop = ApiClient(customer.client.url, api_key=PARTNER_API_KEY)
    before = customer.balance()
    order = {
        "user_id": customer.get("/auth/profile")["id"],
        "offer_id": offer["id"],
        "amount": offer["price"],
        "partner_reference": "till-7-receipt-1138",
    }
    accepted = shop.call("POST", "/api/v1/partner/activate", order, status=202)
    reference = accepted["reference"]
    validated = waited_for(lambda: _settled(shop, reference), f"the settlement of {reference}")
    expect(validated["status"], "SUCCESS")
    expect(customer.balance(), before)
    event = waited_for(lambda: _webhook(customer, reference), "the webhook")
    say(
        f"A shop of {PARTNER} sells {offer['name']} to {customer.username} for {price(offer)}",
        f"Validated by reference: {reference} is {validated['status']}",
        f"Webhook received and signed: {event['type']}",
        f"Email: {customer.mail(offer['name'])}",
        f"{customer.username}'s own balance, untouched: {customer.balance()}",
    )


def _settled(shop: ApiClient, reference: str) -> dict[str, Any] | None:
    found: dict[str, Any] = shop.call("GET", f"/api/v1/partner/validate/{reference}")
    return found if found["status"] in {"SUCCESS", "FAILED"} else None


def _webhook(teller: Teller, reference: str) -> dict[str, Any] | None:
    for received in teller.client.call("GET", "/_local/webhooks"):
        event = json.loads(received["body"])
        if event["data"]["reference"] == reference:
            return dict(event)
    return None
