"""Shapes of credits and of the ledger's proof."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from offers.domain.account import EntryKind, LedgerEntry
from offers.entrypoints.http.schemas.admin.administration import Reason
from offers.entrypoints.http.schemas.fields import (
    Amount,
    Currency,
    Id,
    RequestModel,
    Time,
    time_of,
)
from offers.services.ledger.move_credit import CreditOrder


class MoveCreditRequest(RequestModel):
    """A top-up is above zero; an adjustment has a sign and cannot overdraw the account."""

    kind: Literal["top_up", "adjustment"]
    amount: Annotated[
        str, Field(pattern=r"^-?\d{1,12}(\.\d{1,3})?$", examples=["50.00"], description="Decimal.")
    ]
    currency: Currency | None = None
    reason: Reason


class CreditDocument(TypedDict):
    """A ledger entry, and the balance right after it."""

    entry_id: Id
    kind: Literal["top_up", "adjustment"]
    amount: Amount
    balance: Amount
    currency: Currency
    reason: str
    created_at: Time


def credit_order(body: MoveCreditRequest) -> CreditOrder:
    """What the body asks for."""
    return CreditOrder(EntryKind(body.kind), body.amount, body.currency, body.reason)


def credit_document(entry: LedgerEntry) -> CreditDocument:
    """What was moved."""
    return CreditDocument(
        entry_id=str(entry.id),
        kind="top_up" if entry.kind is EntryKind.TOP_UP else "adjustment",
        amount=entry.amount.amount,
        balance=entry.balance_after.amount,
        currency=entry.amount.currency,
        reason=entry.reason,
        created_at=time_of(entry.created_at),
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
