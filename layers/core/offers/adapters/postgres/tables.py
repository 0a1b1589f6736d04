"""The tables as Core sees them; what they forbid is in infra/migrations.

A test compares the two.
"""

from __future__ import annotations

from functools import partial

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Identity,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY

from offers.adapters.postgres.machinery.column_types import Moment, StoredJson, StoredText

metadata = MetaData()

_id = partial(Column, type_=Uuid(), nullable=False)
_optional_id = partial(Column, type_=Uuid())
_text = partial(Column, type_=StoredText(), nullable=False)
_optional_text = partial(Column, type_=StoredText())
_at = partial(Column, type_=Moment(), nullable=False)
_optional_at = partial(Column, type_=Moment())
_minor = partial(Column, type_=BigInteger(), nullable=False)
_count = partial(Column, type_=Integer(), nullable=False)
_flag = partial(Column, type_=Boolean(), nullable=False)
_bytes = partial(Column, type_=LargeBinary(), nullable=False)

users = Table(
    "users",
    metadata,
    _id("id", primary_key=True),
    *map(_text, ("username", "sign_in_name", "email", "first_name", "last_name")),
    *map(_text, ("locale", "time_zone", "role")),
    _text("password_hash"),
    _text("email_status"),
    _optional_at("reminders_off_at"),
    _id("unsubscribe_token"),
    _flag("is_active"),
    _at("created_at"),
    _count("version"),
)

partners = Table(
    "partners",
    metadata,
    _id("id", primary_key=True),
    _text("name"),
    _flag("is_active"),
    _at("created_at"),
    *map(_text, ("contact_email", "usage_plan")),
    *map(_count, ("activations_per_minute", "activations_per_day")),
    *map(_optional_text, ("webhook_url", "webhook_secret", "webhook_previous_secret")),
    *map(
        _optional_at,
        ("webhook_previous_secret_until", "webhook_failing_since", "webhook_disabled_at"),
    ),
    _at("updated_at"),
    _count("version"),
)

partner_usage = Table(
    "partner_usage",
    metadata,
    _id("partner_id", primary_key=True),
    _at("minute_start"),
    _count("minute_count"),
    _at("day_start"),
    _count("day_count"),
)

partner_api_keys = Table(
    "partner_api_keys",
    metadata,
    _text("api_key_id", primary_key=True),
    _id("partner_id"),
    _bytes("key_hash"),
    _at("created_at"),
    _optional_at("revoked_at"),
)

accounts = Table(
    "accounts",
    metadata,
    _id("id", primary_key=True),
    _optional_id("user_id"),
    _optional_id("partner_id"),
    _text("currency"),
    _minor("balance_minor"),
    _minor("credit_limit_minor"),
    _at("updated_at"),
)

offers = Table(
    "offers",
    metadata,
    _id("id", primary_key=True),
    *map(_text, ("code", "name", "description", "category")),
    Column("products", ARRAY(StoredText), nullable=False),
    _minor("price_minor"),
    _text("currency"),
    _count("duration_days"),
    _text("status"),
    _at("valid_from"),
    _optional_at("valid_until"),
    _at("created_at"),
    _at("updated_at"),
    _count("version"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    _id("id", primary_key=True),
    _id("user_id"),
    _id("offer_id"),
    _minor("price_minor"),
    _text("currency"),
    _text("status"),
    _flag("auto_renew"),
    *map(_optional_at, ("starts_at", "expires_at", "cancelled_at")),
    _at("created_at"),
    _at("updated_at"),
)

transactions = Table(
    "transactions",
    metadata,
    _id("id", primary_key=True),
    _text("kind"),
    _text("channel"),
    *map(_id, ("user_id", "offer_id", "subscription_id", "account_id")),
    _optional_id("partner_id"),
    _optional_text("partner_reference"),
    _minor("amount_minor"),
    _text("currency"),
    _count("duration_days"),
    _text("status"),
    _count("version"),
    _count("attempts"),
    _count("turned_away"),
    _optional_text("attention_reason"),
    _optional_at("lease_until"),
    _optional_at("period_start"),
    _text("reference"),
    *map(_optional_text, ("provisioning_reference", "failure_code", "failure_reason")),
    _at("created_at"),
    _at("updated_at"),
    _optional_at("completed_at"),
)

ledger_entries = Table(
    "ledger_entries",
    metadata,
    _id("id", primary_key=True),
    Column("sequence", BigInteger, Identity(always=True), nullable=False),
    _id("account_id"),
    _text("kind"),
    _minor("amount_minor"),
    _text("currency"),
    _minor("balance_after_minor"),
    _optional_id("transaction_id"),
    _text("actor"),
    _text("reason"),
    _at("created_at"),
    _optional_text("external_reference"),
)

credit_requests = Table(
    "credit_requests",
    metadata,
    _id("id", primary_key=True),
    _id("account_id"),
    _text("kind"),
    _minor("amount_minor"),
    _text("currency"),
    _optional_text("external_reference"),
    _text("reason"),
    _id("requested_by"),
    *map(_at, ("created_at", "expires_at")),
    _text("status"),
    _optional_id("decided_by"),
    _optional_at("decided_at"),
    _optional_text("decision"),
    _optional_id("entry_id"),
)

sessions = Table(
    "sessions",
    metadata,
    _id("id", primary_key=True),
    _id("user_id"),
    _bytes("place"),
    *map(_at, ("created_at", "ends_at")),
    _optional_at("revoked_at"),
)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    _bytes("token_hash", primary_key=True),
    _id("family_id"),
    _id("user_id"),
    _at("created_at"),
    _at("expires_at"),
    _optional_at("used_at"),
    Column("replaced_by", LargeBinary),
    _optional_at("revoked_at"),  # read by the version before sessions only (ADR 0122)
)

password_resets = Table(
    "password_resets",
    metadata,
    _bytes("token_hash", primary_key=True),
    _id("user_id"),
    *map(_at, ("created_at", "expires_at")),
)

outbox = Table(
    "outbox",
    metadata,
    _id("id", primary_key=True),
    _text("topic"),
    Column("payload", StoredJson, nullable=False),
    _optional_id("transaction_id"),
    *map(_at, ("created_at", "deliver_at", "dispatch_after")),
    _count("attempts"),
    _optional_text("last_error"),
)

notifications = Table(
    "notifications",
    metadata,
    _id("id", primary_key=True),
    _id("user_id"),
    _text("notice"),
    _optional_id("transaction_id"),
    _optional_id("subscription_id"),
    _optional_at("period"),
    _text("status"),
    _optional_text("error"),
    _at("created_at"),
    _optional_at("settled_at"),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    _text("caller", primary_key=True),
    _text("key", primary_key=True),
    _text("fingerprint"),
    _id("result_id"),
    _at("created_at"),
)

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    _id("id", primary_key=True),
    _id("partner_id"),
    _id("transaction_id"),
    *map(_text, ("event", "body", "status")),
    _count("attempts"),
    _count("replays"),
    _at("created_at"),
    _at("updated_at"),
    _at("queued_at"),
    _optional_at("next_attempt_at"),
)

webhook_attempts = Table(
    "webhook_attempts",
    metadata,
    _id("delivery_id", primary_key=True),
    Column("number", Integer, primary_key=True),
    _at("at"),
    Column("http_status", Integer),
    _text("error"),
    _count("duration_ms"),
)

audit_events = Table(
    "audit_events",
    metadata,
    _id("id", primary_key=True),
    *map(_text, ("actor", "action", "subject", "reason")),
    Column("before", StoredJson),
    Column("after", StoredJson),
    _at("created_at"),
)


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
