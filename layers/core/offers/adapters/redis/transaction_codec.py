"""Transactions as JSON for the status projection."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from offers.domain.money import Money
from offers.domain.transaction import (
    Channel,
    Failure,
    Transaction,
    TransactionKind,
    TransactionStatus,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_READERS: Mapping[str, Callable[[Any], Any]] = {
    "id": UUID,
    "kind": TransactionKind,
    "channel": Channel,
    "user_id": UUID,
    "offer_id": UUID,
    "subscription_id": UUID,
    "account_id": UUID,
    "amount": lambda pair: Money(int(pair[0]), pair[1]),
    "duration_days": int,
    "reference": str,
    "created_at": datetime.fromisoformat,
    "updated_at": datetime.fromisoformat,
    "status": TransactionStatus,
    "version": int,
    "attempts": int,
    "attention_reason": str,
    "lease_until": datetime.fromisoformat,
    "partner_id": UUID,
    "partner_reference": str,
    "period_start": datetime.fromisoformat,
    "provisioning_reference": str,
    "failure": lambda pair: Failure(str(pair[0]), str(pair[1])),
    "completed_at": datetime.fromisoformat,
}
"""How each field is read back; a test holds this list against the entity's fields."""


def dump_transaction(transaction: Transaction) -> str:
    """The whole transaction; fields that are None are left out."""
    values = {name: getattr(transaction, name) for name in _READERS}
    present = {name: value for name, value in values.items() if value is not None}
    return json.dumps(present, default=_plain, separators=(",", ":"))


def load_transaction(text: str) -> Transaction:
    """Read it back. Raises LookupError, TypeError, ValueError or DomainError for anything else."""
    from pydantic_core import from_json  # four times as fast; loaded by whoever serves requests

    stored = from_json(text)
    return Transaction(**{name: _READERS[name](value) for name, value in stored.items()})


def _plain(value: object) -> object:
    match value:
        case Money(amount_minor, currency):
            return [amount_minor, currency]
        case Failure(code, reason):
            return [code, reason]
        case _:  # identifiers and times
            return str(value)
