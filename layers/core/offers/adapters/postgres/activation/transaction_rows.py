"""Transactions as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from offers.adapters.postgres.tables import transactions
from offers.domain.ids import TransactionId
from offers.domain.money import Money
from offers.domain.transaction import (
    Channel,
    Failure,
    Transaction,
    TransactionKind,
    TransactionStatus,
)

if TYPE_CHECKING:
    from sqlalchemy import RowMapping

FACTS = (
    "id",
    "kind",
    "channel",
    "user_id",
    "offer_id",
    "subscription_id",
    "account_id",
    "amount_minor",
    "currency",
    "duration_days",
    "reference",
    "created_at",
    "partner_id",
    "partner_reference",
    "period_start",
)
"""What was bought: columns that the database keeps from changing."""


def transaction_of(row: RowMapping) -> Transaction:
    """The transaction that a row of the table describes."""
    columns = transactions.c
    failure_code = row[columns.failure_code]
    return Transaction(
        id=TransactionId(row[columns.id]),
        kind=TransactionKind(row[columns.kind]),
        channel=Channel(row[columns.channel]),
        user_id=row[columns.user_id],
        offer_id=row[columns.offer_id],
        subscription_id=row[columns.subscription_id],
        account_id=row[columns.account_id],
        amount=Money(row[columns.amount_minor], row[columns.currency]),
        duration_days=row[columns.duration_days],
        reference=row[columns.reference],
        created_at=row[columns.created_at],
        updated_at=row[columns.updated_at],
        status=TransactionStatus(row[columns.status]),
        version=row[columns.version],
        attempts=row[columns.attempts],
        turned_away=row[columns.turned_away],
        attention_reason=row[columns.attention_reason],
        lease_until=row[columns.lease_until],
        partner_id=row[columns.partner_id],
        partner_reference=row[columns.partner_reference],
        period_start=row[columns.period_start],
        provisioning_reference=row[columns.provisioning_reference],
        failure=None
        if failure_code is None
        else Failure(failure_code, row[columns.failure_reason]),
        completed_at=row[columns.completed_at],
    )


def transaction_values(transaction: Transaction) -> dict[str, Any]:
    """The row that describes a transaction."""
    failure = transaction.failure
    return {
        "id": transaction.id,
        "kind": transaction.kind,
        "channel": transaction.channel,
        "user_id": transaction.user_id,
        "offer_id": transaction.offer_id,
        "subscription_id": transaction.subscription_id,
        "account_id": transaction.account_id,
        "amount_minor": transaction.amount.amount_minor,
        "currency": transaction.amount.currency,
        "duration_days": transaction.duration_days,
        "reference": transaction.reference,
        "created_at": transaction.created_at,
        "updated_at": transaction.updated_at,
        "status": transaction.status,
        "version": transaction.version,
        "attempts": transaction.attempts,
        "turned_away": transaction.turned_away,
        "attention_reason": transaction.attention_reason,
        "lease_until": transaction.lease_until,
        "partner_id": transaction.partner_id,
        "partner_reference": transaction.partner_reference,
        "period_start": transaction.period_start,
        "provisioning_reference": transaction.provisioning_reference,
        "failure_code": None if failure is None else failure.code,
        "failure_reason": None if failure is None else failure.reason,
        "completed_at": transaction.completed_at,
    }
