"""Shapes of balances and of what moved them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from offers.domain.account import Account
from offers.domain.times import rfc3339
from offers.entrypoints.http.schemas.fields import (
    Amount,
    Currency,
    Id,
    Time,
)
from offers.ports.store.accounts import StatementLine

EntryName = Literal["top_up", "charge", "refund", "adjustment"]


class BalanceDocument(TypedDict):
    """The caller's prepaid balance."""

    balance: Annotated[Amount, Field(examples=["470.01"])]
    currency: Currency
    updated_at: Time


class StatementLineDocument(TypedDict):
    """One movement of the balance, with what a charge or a refund was for."""

    entry_id: Id
    kind: EntryName
    amount: Annotated[Amount, Field(examples=["-29.99"])]
    balance: Annotated[Amount, Field(description="Right after it.", examples=["470.01"])]
    currency: Currency
    transaction_id: Id | None
    reference: Annotated[str | None, Field(examples=["REF-7K2M9QXW4TBC"])]
    offer_code: Annotated[str | None, Field(examples=["FIBRE-500"])]
    created_at: Time


class Statement(TypedDict):
    """One page of the movements, newest first."""

    data: list[StatementLineDocument]
    next_cursor: str | None


def statement_line_document(line: StatementLine) -> StatementLineDocument:
    """What moved the balance, as its owner sees it."""
    entry = line.entry
    return StatementLineDocument(
        entry_id=str(entry.id),
        kind=entry.kind.value,
        amount=entry.amount.amount,
        balance=entry.balance_after.amount,
        currency=entry.amount.currency,
        transaction_id=None if entry.transaction_id is None else str(entry.transaction_id),
        reference=line.reference,
        offer_code=line.offer_code,
        created_at=rfc3339(entry.created_at),
    )


def balance_document(account: Account) -> BalanceDocument:
    """What can be spent."""
    return BalanceDocument(
        balance=account.balance.amount,
        currency=account.balance.currency,
        updated_at=rfc3339(account.updated_at),
    )
