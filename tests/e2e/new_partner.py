"""Partners made straight in the stack's database and in API Gateway, as an administrator would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from infra.local.aws_resources import AwsClients
from offers.adapters.webhooks.new_secret import new_webhook_secret
from tests.e2e.client import Client

if TYPE_CHECKING:
    from infra.local.stack import LaptopStack
    from tests.local.http import Http

_INSERT = """
INSERT INTO partners (id, name, contact_email, created_at, updated_at, webhook_url, webhook_secret)
VALUES (%(id)s, %(name)s, 'ops@partner.example.com', now(), now(), %(url)s, %(secret)s);
INSERT INTO accounts (id, partner_id, currency, credit_limit_minor, updated_at)
VALUES (%(account)s, %(id)s, 'EUR', %(limit)s, now());
INSERT INTO partner_usage (partner_id, minute_start, day_start)
VALUES (%(id)s, date_trunc('minute', now()), date_trunc('day', now()));
INSERT INTO partner_api_keys (api_key_id, partner_id, key_hash, created_at)
VALUES (%(key_id)s, %(id)s, '', now());
"""


@dataclass(frozen=True)
class NewPartner:
    """Who it is, and a client that calls with its API key."""

    id: str
    secret: str
    client: Client

    def order(self, user_id: str, offer: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """A body for POST /partner/activate."""
        return {"user_id": user_id, "offer_id": offer["id"], "amount": offer["price"]} | changes


def add_partner(
    stack: LaptopStack, http: Http, database: Any, limit_minor: int = 100_000
) -> NewPartner:
    """A partner whose webhook is the stack's sandbox."""
    partner_id, value, secret = str(uuid4()), f"key-{uuid4()}", new_webhook_secret()
    known = {
        "id": partner_id,
        "name": f"partner-{partner_id[:8]}",
        "url": f"{stack.url}/_local/webhooks",
        "secret": secret,
        "account": str(uuid4()),
        "limit": limit_minor,
        "key_id": _add_key(stack, value),
    }
    database.execute(f"BEGIN; {_INSERT} COMMIT", known)
    return NewPartner(partner_id, secret, Client(http, {"x-api-key": value}))


def _add_key(stack: LaptopStack, value: str) -> str:
    gateway = AwsClients(stack.addresses.aws).client("apigateway")
    key_id = str(gateway.create_api_key(name=value, value=value, enabled=True)["id"])
    plans = {plan["name"]: plan["id"] for plan in gateway.get_usage_plans()["items"]}
    plan_id = next(plan for name, plan in plans.items() if name.endswith("premium"))
    gateway.create_usage_plan_key(usagePlanId=plan_id, keyId=key_id, keyType="API_KEY")
    return key_id
