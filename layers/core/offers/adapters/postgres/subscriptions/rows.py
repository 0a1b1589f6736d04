"""Renewals and deactivations as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from offers.adapters.postgres.tables import deactivations, renewals
from offers.domain.deactivation import Deactivation, DeactivationStatus
from offers.domain.ids import SubscriptionId, TransactionId
from offers.domain.money import Money
from offers.domain.renewal import Renewal

if TYPE_CHECKING:
    from sqlalchemy import RowMapping


def renewal_of(row: RowMapping) -> Renewal:
    """The renewal that a row describes."""
    announced = row[renewals.c.announced_price_minor]
    return Renewal(
        subscription_id=SubscriptionId(row[renewals.c.subscription_id]),
        period_end=row[renewals.c.period],
        announced=None if announced is None else Money(announced, row[renewals.c.currency]),
        tries=row[renewals.c.tries],
        next_try_at=row[renewals.c.next_try_at],
    )


def renewal_values(renewal: Renewal) -> dict[str, Any]:
    """The row that describes a renewal."""
    announced = renewal.announced
    return {
        "subscription_id": renewal.subscription_id,
        "period": renewal.period_end,
        "announced_price_minor": None if announced is None else announced.amount_minor,
        "currency": None if announced is None else announced.currency,
        "tries": renewal.tries,
        "next_try_at": renewal.next_try_at,
    }


def deactivation_of(row: RowMapping) -> Deactivation:
    """The deactivation that a row describes."""
    return Deactivation(
        operation_id=TransactionId(row[deactivations.c.operation_id]),
        subscription_id=SubscriptionId(row[deactivations.c.subscription_id]),
        next_try_at=row[deactivations.c.next_try_at],
        created_at=row[deactivations.c.created_at],
        updated_at=row[deactivations.c.updated_at],
        status=DeactivationStatus(row[deactivations.c.status]),
        attempts=row[deactivations.c.attempts],
        attention_reason=row[deactivations.c.attention_reason],
    )


def deactivation_values(deactivation: Deactivation) -> dict[str, Any]:
    """The row that describes a deactivation."""
    return {
        "operation_id": deactivation.operation_id,
        "subscription_id": deactivation.subscription_id,
        "status": deactivation.status,
        "attempts": deactivation.attempts,
        "next_try_at": deactivation.next_try_at,
        "attention_reason": deactivation.attention_reason,
        "created_at": deactivation.created_at,
        "updated_at": deactivation.updated_at,
    }
