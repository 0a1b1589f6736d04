"""Transactions as JSON for the status projection."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from offers.adapters.redis.entity_json import Readers, dump, load, read_money
from offers.domain.transaction import (
    Channel,
    Failure,
    Transaction,
    TransactionKind,
    TransactionStatus,
)

_READERS: Readers = {
    "id": UUID,
    "kind": TransactionKind,
    "channel": Channel,
    "user_id": UUID,
    "offer_id": UUID,
    "subscription_id": UUID,
    "account_id": UUID,
    "amount": read_money,
    "duration_days": int,
    "reference": str,
    "created_at": datetime.fromisoformat,
    "updated_at": datetime.fromisoformat,
    "status": TransactionStatus,
    "version": int,
    "attempts": int,
    "turned_away": int,
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
    return dump(present)


def load_transaction(text: str) -> Transaction:
    """Read it back. Raises LookupError, TypeError, ValueError or DomainError for anything else."""
    stored = load(text)
    return Transaction(**{name: _READERS[name](value) for name, value in stored.items()})
