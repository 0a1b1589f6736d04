"""Shapes of balances."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from offers.domain.account import Account
from offers.domain.times import rfc3339
from offers.entrypoints.http.schemas.fields import (
    Amount,
    Currency,
    Time,
)


class BalanceDocument(TypedDict):
    """The caller's prepaid balance."""

    balance: Annotated[Amount, Field(examples=["470.01"])]
    currency: Currency
    updated_at: Time


def balance_document(account: Account) -> BalanceDocument:
    """What can be spent."""
    return BalanceDocument(
        balance=account.balance.amount,
        currency=account.balance.currency,
        updated_at=rfc3339(account.updated_at),
    )
