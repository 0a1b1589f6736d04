"""The tables of a subscription's life, as Core sees them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, Table, Uuid

from offers.adapters.postgres.column_types import Moment, StoredText
from offers.adapters.postgres.tables import metadata

renewals = Table(
    "renewals",
    metadata,
    Column("subscription_id", Uuid(), primary_key=True),
    Column("period", Moment(), primary_key=True),
    Column("announced_price_minor", BigInteger()),
    Column("currency", StoredText()),
    Column("tries", Integer(), nullable=False),
    Column("next_try_at", Moment()),
)

deactivations = Table(
    "deactivations",
    metadata,
    Column("operation_id", Uuid(), primary_key=True),
    Column("subscription_id", Uuid(), nullable=False),
    Column("status", StoredText(), nullable=False),
    Column("attempts", Integer(), nullable=False),
    Column("next_try_at", Moment(), nullable=False),
    Column("attention_reason", StoredText()),
    Column("created_at", Moment(), nullable=False),
    Column("updated_at", Moment(), nullable=False),
)
