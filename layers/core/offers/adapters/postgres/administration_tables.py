"""Tables that only operators read."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, Table, Uuid

from offers.adapters.postgres.column_types import Moment, StoredJson, StoredText
from offers.adapters.postgres.tables import metadata

ledger_verifications = Table(
    "ledger_verifications",
    metadata,
    Column("id", Uuid(), primary_key=True),
    Column("verified_at", Moment(), nullable=False),
    Column("is_clean", Boolean(), nullable=False),
    Column("report", StoredJson(), nullable=False),
)

transaction_versions = Table(
    "transaction_versions",
    metadata,
    Column("transaction_id", Uuid(), primary_key=True),
    Column("version", Integer(), primary_key=True),
    Column("status", StoredText(), nullable=False),
    Column("attempts", Integer(), nullable=False),
    Column("attention_reason", StoredText()),
    Column("lease_until", Moment()),
    Column("at", Moment(), nullable=False),
)
"""Kept by a trigger, so nothing here writes to it."""
