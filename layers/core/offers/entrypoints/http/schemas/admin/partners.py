"""Partners and their keys as administrators write and see them."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, Self

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from offers.domain.changes import REMOVE
from offers.domain.money import Money
from offers.domain.partner import PartnerApiKey, UsagePlan
from offers.domain.partner_changes import PartnerChanges
from offers.domain.partner_usage import ActivationLimits
from offers.domain.times import rfc3339
from offers.domain.webhook import WebhookEndpoint
from offers.entrypoints.http.schemas.admin.administration import Reason
from offers.entrypoints.http.schemas.fields import (
    Amount,
    Currency,
    Email,
    Id,
    ReadableText,
    RequestModel,
    SentAmount,
    Time,
    optional_time_of,
)
from offers.services.partners.create_partner import NewPartner
from offers.services.partners.issue_partner_key import NewKey
from offers.services.partners.partner_view import PartnerView

Plan = Literal["basic", "premium"]
Limit = Annotated[int, Field(ge=1, le=1_000_000)]
Url = Annotated[str, Field(min_length=1, max_length=2000, examples=["https://example.com/hooks"])]
QueryReason = Annotated[
    ReadableText,
    Query(min_length=1, max_length=500, description="Why; kept in the audit log."),
]


class CreatePartnerRequest(RequestModel):
    """A partner may owe up to ``credit_limit``; give it a key with a request of its own."""

    name: Annotated[ReadableText, Field(min_length=1, max_length=120)]
    contact_email: Email
    credit_limit: SentAmount = "0"
    currency: Currency = "EUR"
    usage_plan: Plan = "basic"
    activations_per_minute: Limit = 60
    activations_per_day: Limit = 5000
    webhook_url: Url | None = None
    reason: Reason


class ChangePartnerRequest(RequestModel):
    """What is to change; what is left out stays. ``webhook_url: null`` takes the webhook away."""

    active: bool | None = None
    contact_email: Email | None = None
    credit_limit: SentAmount | None = None
    usage_plan: Plan | None = None
    activations_per_minute: Limit | None = None
    activations_per_day: Limit | None = None
    webhook_url: Url | None = None
    rotate_webhook_secret: bool = False
    enable_webhook: bool = False
    reason: Reason

    @model_validator(mode="after")
    def _only_a_webhook_can_be_taken_away(self) -> Self:
        for name in self.model_fields_set - {"webhook_url"}:
            if getattr(self, name) is None:
                code, message = "null", "{field} cannot be null; leave it out to keep it."
                raise PydanticCustomError(code, message, {"field": name})
        return self


class IssueKeyRequest(RequestModel):
    """Why the partner gets a key."""

    reason: Reason


class KeyDocument(TypedDict):
    """A valid key; ``id`` is API Gateway's."""

    id: Annotated[str, Field(examples=["a1b2c3d4e5"])]
    created_at: Time


class NewKeyDocument(KeyDocument):
    """The only time that ``api_key`` is shown."""

    api_key: str


class WebhookDocument(TypedDict):
    """Where the partner is told how activations ended."""

    url: str
    enabled: bool
    failing_since: Time | None
    previous_secret_until: Annotated[Time | None, Field(description="While two secrets sign.")]


class PartnerDocument(TypedDict):
    """A partner, what it may do and what it owes. ``webhook_secret`` is there only when new."""

    id: Id
    name: str
    contact_email: str
    active: bool
    usage_plan: Plan
    activations_per_minute: int
    activations_per_day: int
    balance: Amount
    credit_limit: Amount
    currency: Currency
    webhook: WebhookDocument | None
    webhook_secret: NotRequired[str]
    keys: list[KeyDocument]
    created_at: Time
    updated_at: Time
    version: int


class PartnerList(TypedDict):
    """One page of partners, newest first."""

    data: list[PartnerDocument]
    next_cursor: str | None


def new_partner(body: CreatePartnerRequest) -> NewPartner:
    """The partner that the body describes. Raises InvalidMoney."""
    return NewPartner(
        name=body.name,
        contact_email=body.contact_email,
        credit_limit=Money.of(body.credit_limit, body.currency),
        usage_plan=UsagePlan(body.usage_plan),
        limits=ActivationLimits(body.activations_per_minute, body.activations_per_day),
        webhook_url=body.webhook_url,
    )


def partner_changes(body: ChangePartnerRequest) -> PartnerChanges:
    """What the body asks for."""
    takes_webhook_away = "webhook_url" in body.model_fields_set and body.webhook_url is None
    return PartnerChanges(
        is_active=body.active,
        contact_email=body.contact_email,
        usage_plan=None if body.usage_plan is None else UsagePlan(body.usage_plan),
        activations_per_minute=body.activations_per_minute,
        activations_per_day=body.activations_per_day,
        credit_limit=body.credit_limit,
        webhook_url=REMOVE if takes_webhook_away else body.webhook_url,
        rotates_webhook_secret=body.rotate_webhook_secret,
        enables_webhook=body.enable_webhook,
    )


def partner_document(view: PartnerView) -> PartnerDocument:
    """A partner as administrators see it; a secret only if it was made just now."""
    partner, account = view.partner, view.account
    document = PartnerDocument(
        id=str(partner.id),
        name=partner.name,
        contact_email=partner.contact_email,
        active=partner.is_active,
        usage_plan=partner.usage_plan.value,
        activations_per_minute=partner.limits.per_minute,
        activations_per_day=partner.limits.per_day,
        balance=account.balance.amount,
        credit_limit=account.credit_limit.amount,
        currency=account.balance.currency,
        webhook=None if partner.webhook is None else _webhook_document(partner.webhook),
        keys=[_key_document(key) for key in view.keys],
        created_at=rfc3339(partner.created_at),
        updated_at=rfc3339(partner.updated_at),
        version=partner.version,
    )
    if view.new_webhook_secret is not None:
        document["webhook_secret"] = view.new_webhook_secret
    return document


def new_key_document(new: NewKey) -> NewKeyDocument:
    """The key, this once."""
    return NewKeyDocument(**_key_document(new.key), api_key=new.value)


def _key_document(key: PartnerApiKey) -> KeyDocument:
    return KeyDocument(id=key.api_key_id, created_at=rfc3339(key.created_at))


def _webhook_document(webhook: WebhookEndpoint) -> WebhookDocument:
    return WebhookDocument(
        url=webhook.url,
        enabled=webhook.is_enabled,
        failing_since=optional_time_of(webhook.failing_since),
        previous_secret_until=optional_time_of(webhook.previous_secret_until),
    )
