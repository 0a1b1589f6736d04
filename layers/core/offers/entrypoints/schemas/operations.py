"""Transactions, the ledger's proof and the audit log as operators see them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field
from typing_extensions import TypedDict

from offers.domain.audit import AuditEvent
from offers.domain.story import StoryEvent
from offers.domain.transaction import Transaction
from offers.entrypoints.schemas.account import TransactionDocument, transaction_document
from offers.entrypoints.schemas.administration import Reason
from offers.entrypoints.schemas.fields import (
    Id,
    PlainText,
    RequestModel,
    Time,
    optional_time_of,
    time_of,
)
from offers.services.resolve_by_operator import OperatorOutcome, OperatorVerdict

ExactText = Annotated[PlainText | None, Query(max_length=200, description="Exact match.")]


class ResolveRequest(RequestModel):
    """What the operator found out at the provisioning system."""

    outcome: Literal["activated", "not_activated"]
    reason: Reason
    provisioning_reference: Annotated[PlainText, Field(min_length=1, max_length=200)] | None = None


class AdminTransactionDocument(TransactionDocument):
    """A transaction with what its owner does not see."""

    user_id: Id
    partner_id: Id | None
    partner_reference: str | None
    provisioning_reference: str | None
    attention_required: bool
    attention_reason: str | None
    attempts: Annotated[int, Field(description="How often it was taken up.")]
    lease_until: Annotated[Time | None, Field(description="Until when a worker holds it.")]
    version: int


class AdminTransactionList(TypedDict):
    """One page of everybody's transactions, newest first."""

    data: list[AdminTransactionDocument]
    next_cursor: str | None


class StoryEventDocument(TypedDict):
    """Something that was recorded about the transaction."""

    at: Time
    kind: Literal[
        "transaction",
        "ledger_entry",
        "outbox",
        "notification",
        "webhook",
        "webhook_attempt",
        "audit",
    ]
    facts: dict[str, Any]


class StoryDocument(TypedDict):
    """The transaction as it is now, and everything that led there, in time order."""

    transaction: AdminTransactionDocument
    events: list[StoryEventDocument]


class BreachDocument(TypedDict):
    """One account, entry or transaction that breaks a rule."""

    rule: str
    subject: Id
    detail: str


class LedgerVerificationDocument(TypedDict):
    """The newest proof of the ledger; ``counts`` has every rule, with how often it is broken."""

    verified_at: Time
    is_clean: bool
    accounts: int
    transactions: int
    counts: dict[str, int]
    breaches: list[BreachDocument]


class AuditEventDocument(TypedDict):
    """Who changed what, and why; ``before`` and ``after`` hold what differs."""

    id: Id
    actor: Annotated[str, Field(examples=["admin:0193572c-7c1e-7b3a-9f52-0d3e5a1b2c4d"])]
    action: Annotated[str, Field(examples=["offer.changed"])]
    subject: Annotated[str, Field(examples=["offer:0193572c-7c1e-7b3a-9f52-0d3e5a1b2c4d"])]
    reason: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    created_at: Time


class AuditEventList(TypedDict):
    """One page of the audit log, newest first."""

    data: list[AuditEventDocument]
    next_cursor: str | None


def operator_verdict(body: ResolveRequest) -> OperatorVerdict:
    """What the body says."""
    outcome = OperatorOutcome(body.outcome)
    return OperatorVerdict(outcome, body.reason, body.provisioning_reference)


def admin_transaction_document(transaction: Transaction) -> AdminTransactionDocument:
    """A transaction as operators see it."""
    return AdminTransactionDocument(
        **transaction_document(transaction),
        user_id=str(transaction.user_id),
        partner_id=None if transaction.partner_id is None else str(transaction.partner_id),
        partner_reference=transaction.partner_reference,
        provisioning_reference=transaction.provisioning_reference,
        attention_required=transaction.attention_required,
        attention_reason=transaction.attention_reason,
        attempts=transaction.attempts,
        lease_until=optional_time_of(transaction.lease_until),
        version=transaction.version,
    )


def story_document(transaction: Transaction, events: tuple[StoryEvent, ...]) -> StoryDocument:
    """The whole story."""
    return StoryDocument(
        transaction=admin_transaction_document(transaction),
        events=[
            StoryEventDocument(at=time_of(event.at), kind=event.kind.value, facts=_plain(event))
            for event in events
        ],
    )


def audit_event_document(event: AuditEvent) -> AuditEventDocument:
    """One line of the audit log."""
    return AuditEventDocument(
        id=str(event.id),
        actor=event.actor,
        action=event.action,
        subject=event.subject,
        reason=event.reason,
        before=None if event.before is None else dict(event.before),
        after=None if event.after is None else dict(event.after),
        created_at=time_of(event.created_at),
    )


def _plain(event: StoryEvent) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in event.facts.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return time_of(value)
    return str(value) if isinstance(value, UUID) else value
