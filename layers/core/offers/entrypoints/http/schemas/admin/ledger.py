"""Shapes of credits and of the ledger's proof."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from offers.domain.account import EntryKind, LedgerEntry
from offers.domain.credit import EXTERNAL_REFERENCE, MAX_EXTERNAL_REFERENCE, Credit, CreditRequest
from offers.domain.times import rfc3339
from offers.entrypoints.http.schemas.admin.administration import Reason
from offers.entrypoints.http.schemas.fields import (
    Amount,
    Currency,
    Id,
    RequestModel,
    SentSignedAmount,
    Time,
)
from offers.entrypoints.http.schemas.ledger import (
    StatementLineDocument,
    statement_line_document,
)
from offers.ports.store.accounts import StatementLine
from offers.services.ledger.move_credit import CreditOrder

ExternalReference = Annotated[
    str,
    Field(
        pattern=f"^{EXTERNAL_REFERENCE}$",
        max_length=MAX_EXTERNAL_REFERENCE,
        description="What the payment is called outside: a bank transfer's id. Compared without "
        "regard to case; credited once, for ever.",
        examples=["2026-05-04/1234567"],
    ),
]


class MoveCreditRequest(RequestModel):
    """A top-up is above zero; an adjustment has a sign and cannot overdraw the account."""

    kind: Literal["top_up", "adjustment"]
    amount: SentSignedAmount
    currency: Currency | None = None
    external_reference: ExternalReference | None = None
    reason: Reason


class CreditDocument(TypedDict):
    """A ledger entry, and the balance right after it."""

    entry_id: Id
    kind: Literal["top_up", "adjustment"]
    amount: Amount
    balance: Amount
    currency: Currency
    external_reference: str | None
    reason: str
    created_at: Time


class FirstCreditDocument(CreditDocument):
    """The entry that has the external reference, as the 409 ``already_credited`` tells of it."""

    user_id: Id | None
    partner_id: Id | None
    credited_by: str


def credit_order(body: MoveCreditRequest) -> CreditOrder:
    """What the body asks for."""
    return CreditOrder(
        EntryKind(body.kind), body.amount, body.currency, body.reason, body.external_reference
    )


def credit_document(entry: LedgerEntry) -> CreditDocument:
    """What was moved."""
    return CreditDocument(
        entry_id=str(entry.id),
        kind="top_up" if entry.kind is EntryKind.TOP_UP else "adjustment",
        amount=entry.amount.amount,
        balance=entry.balance_after.amount,
        currency=entry.amount.currency,
        external_reference=entry.external_reference,
        reason=entry.reason,
        created_at=rfc3339(entry.created_at),
    )


def first_credit_document(credit: Credit) -> FirstCreditDocument:
    """What was moved before, on whose account and by whom."""
    return FirstCreditDocument(
        **credit_document(credit.entry),
        user_id=_optional(credit.user_id),
        partner_id=_optional(credit.partner_id),
        credited_by=credit.credited_by,
    )


CreditStatusName = Literal["pending", "approved", "rejected", "expired"]


class CreditRequestDocument(TypedDict):
    """A credit that waits for a second administrator, or what was decided about it."""

    id: Id
    status: CreditStatusName
    kind: Literal["top_up", "adjustment"]
    amount: Amount
    currency: Currency
    external_reference: str | None
    reason: str
    user_id: Id | None
    partner_id: Id | None
    requested_by: str
    created_at: Time
    expires_at: Time
    decided_by: str | None
    decided_at: Time | None
    decision: str | None
    entry_id: Id | None


class CreditRequestList(TypedDict):
    """One page of credits that wait or waited, newest first."""

    data: list[CreditRequestDocument]
    next_cursor: str | None


class DecideCreditRequest(RequestModel):
    """Why; kept in the audit log with both names."""

    reason: Reason


def credit_request_document(request: CreditRequest) -> CreditRequestDocument:
    """What was asked for, by whom, and what became of it."""
    return CreditRequestDocument(
        id=str(request.id),
        status=request.status.value,
        kind="top_up" if request.kind is EntryKind.TOP_UP else "adjustment",
        amount=request.amount.amount,
        currency=request.amount.currency,
        external_reference=request.external_reference,
        reason=request.reason,
        user_id=_optional(request.user_id),
        partner_id=_optional(request.partner_id),
        requested_by=request.requester,
        created_at=rfc3339(request.created_at),
        expires_at=rfc3339(request.expires_at),
        decided_by=request.decider,
        decided_at=None if request.decided_at is None else rfc3339(request.decided_at),
        decision=request.decision,
        entry_id=_optional(request.entry_id),
    )


def _optional(identifier: UUID | None) -> str | None:
    return None if identifier is None else str(identifier)


class AdminStatementLineDocument(StatementLineDocument):
    """A movement with what its owner does not see: who caused it, and why."""

    actor: Annotated[str, Field(examples=["admin:0193572c-7c1e-7b3a-9f52-0d3e5a1b2c4d"])]
    reason: str
    external_reference: str | None


class AdminStatement(TypedDict):
    """One page of an account's movements, newest first."""

    data: list[AdminStatementLineDocument]
    next_cursor: str | None


def admin_statement_line_document(line: StatementLine) -> AdminStatementLineDocument:
    """What moved a balance, as operators see it."""
    return AdminStatementLineDocument(
        **statement_line_document(line),
        actor=line.entry.actor,
        reason=line.entry.reason,
        external_reference=line.entry.external_reference,
    )


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
