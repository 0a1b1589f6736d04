"""Creates what the template declares in the stand-in for AWS, and what an operator would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from infra.local.seed.people import PARTNER, PARTNER_API_KEY
from infra.local.settings import EMAIL_SENDER
from infra.local.template.model import QueueSpec, StackTemplate, UsagePlan
from infra.local.template.names import REGION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PARTNER_PLAN = "PremiumUsagePlan"
DEFAULT_PLAN = UsagePlan("LocalUsagePlan", "local")


@dataclass(frozen=True)
class AwsClients:
    """boto3 clients for the stand-in; thread-safe, as clients are."""

    url: str

    def client(self, service: Any, connections: int = 10) -> Any:
        """For any service."""
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id="laptop",
            aws_secret_access_key="laptop",  # noqa: S106  # moto accepts any
            config=Config(max_pool_connections=connections, retries={"max_attempts": 2}),
        )


@dataclass(frozen=True)
class CreatedResources:
    """Queue URLs by the queues' logical ids, and the id of the seeded partner's API key."""

    queues: Mapping[str, str]
    partner_key_id: str


def create_resources(
    clients: AwsClients, template: StackTemplate, secrets: Mapping[str, str]
) -> CreatedResources:
    """Everything that a deployment and its operator would have made by now."""
    for name, value in secrets.items():
        create_secret(clients.client("secretsmanager"), name, value)
    verify_sender(clients.client("sesv2"), EMAIL_SENDER)
    apigateway = clients.client("apigateway")
    plans = create_usage_plans(apigateway, template.usage_plans)
    key_id = create_api_key(apigateway, PARTNER, PARTNER_API_KEY, plans)
    return CreatedResources(create_queues(clients.client("sqs"), template.queues), key_id)


def create_queues(sqs: Any, queues: Iterable[QueueSpec]) -> dict[str, str]:
    """Returns each queue's URL by its logical id."""
    return {
        queue.logical_id: sqs.create_queue(QueueName=queue.name, Attributes=dict(queue.attributes))[
            "QueueUrl"
        ]
        for queue in queues
    }


def create_secret(secrets: Any, name: str, value: str) -> None:
    """In Secrets Manager."""
    secrets.create_secret(Name=name, SecretString=value)


def verify_sender(sesv2: Any, sender: str) -> None:
    """SES sends only from verified identities."""
    sesv2.create_email_identity(EmailIdentity=sender)


def create_usage_plans(apigateway: Any, plans: Iterable[UsagePlan]) -> dict[str, str]:
    """Returns each plan's id by its logical id; plans that outlived a restart are kept."""
    known = {plan["name"]: plan["id"] for plan in apigateway.get_usage_plans()["items"]}
    ids: dict[str, str] = {}
    for plan in tuple(plans) or (DEFAULT_PLAN,):
        ids[plan.logical_id] = known.get(plan.name) or _create_plan(apigateway, plan)
    return ids


def _create_plan(apigateway: Any, plan: UsagePlan) -> str:
    limits: dict[str, Any] = {}
    if plan.rate_per_second is not None:
        limits["throttle"] = {"rateLimit": plan.rate_per_second, "burstLimit": plan.burst or 0}
    created = apigateway.create_usage_plan(name=plan.name, **limits)
    return str(created["id"])


def create_api_key(apigateway: Any, name: str, value: str, plan_ids: Mapping[str, str]) -> str:
    """The key's id; created and put into the partner's plan unless it outlived a restart."""
    for key in apigateway.get_api_keys(includeValues=True, limit=500)["items"]:
        if key["value"] == value:
            return str(key["id"])
    key_id = str(apigateway.create_api_key(name=name, value=value, enabled=True)["id"])
    plan_id = plan_ids.get(PARTNER_PLAN) or next(iter(plan_ids.values()))
    apigateway.create_usage_plan_key(usagePlanId=plan_id, keyId=key_id, keyType="API_KEY")
    return key_id
