"""Transactions, the ledger's proof and the audit log as operators see them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from offers.domain.story import StoryEvent
from offers.domain.times import rfc3339
from offers.entrypoints.http.schemas.activation import TransactionDocument, transaction_document
from offers.entrypoints.http.schemas.admin.administration import Reason
from offers.entrypoints.http.schemas.fields import (
    Id,
    RequestModel,
    Time,
    Verbatim,
    optional_time_of,
)
from offers.ports.store.transactions import TransactionView
from offers.services.activation.resolve_by_operator import OperatorOutcome, OperatorVerdict

Sort = Literal["created_at", "-created_at"]


class ResolveRequest(RequestModel):
    """What the operator found out at the provisioning system."""

    outcome: Literal["activated", "not_activated"]
    reason: Reason
    provisioning_reference: Annotated[Verbatim, Field(min_length=1, max_length=200)] | None = None


class AdminTransactionDocument(TransactionDocument):
    """A transaction with what its owner does not see."""

    user_id: Id
    username: str
    offer_code: str
    partner_id: Id | None
    partner_name: str | None
    partner_reference: str | None
    provisioning_reference: str | None
    attention_required: bool
    attention_reason: str | None
    attempts: Annotated[int, Field(description="How often it was taken up.")]
    lease_until: Annotated[Time | None, Field(description="Until when a worker holds it.")]
    version: int


class AdminTransactionList(TypedDict):
    """One page of everybody's transactions."""

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


def operator_verdict(body: ResolveRequest) -> OperatorVerdict:
    """What the body says."""
    outcome = OperatorOutcome(body.outcome)
    return OperatorVerdict(outcome, body.reason, body.provisioning_reference)


def admin_transaction_document(view: TransactionView) -> AdminTransactionDocument:
    """A transaction as operators see it."""
    transaction = view.transaction
    return AdminTransactionDocument(
        **transaction_document(transaction),
        user_id=str(transaction.user_id),
        username=view.username,
        offer_code=view.offer_code,
        partner_id=None if transaction.partner_id is None else str(transaction.partner_id),
        partner_name=view.partner_name,
        partner_reference=transaction.partner_reference,
        provisioning_reference=transaction.provisioning_reference,
        attention_required=transaction.attention_required,
        attention_reason=transaction.attention_reason,
        attempts=transaction.attempts,
        lease_until=optional_time_of(transaction.lease_until),
        version=transaction.version,
    )


def story_document(view: TransactionView, events: tuple[StoryEvent, ...]) -> StoryDocument:
    """The whole story."""
    return StoryDocument(
        transaction=admin_transaction_document(view),
        events=[
            StoryEventDocument(at=rfc3339(event.at), kind=event.kind.value, facts=_plain(event))
            for event in events
        ],
    )


def _plain(event: StoryEvent) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in event.facts.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return rfc3339(value)
    return str(value) if isinstance(value, UUID) else value
