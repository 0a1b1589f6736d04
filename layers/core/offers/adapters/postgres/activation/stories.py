"""Everything recorded about a transaction, from all tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from offers.adapters.postgres.tables import (
    audit_events,
    ledger_entries,
    notifications,
    outbox,
    transaction_versions,
    webhook_attempts,
    webhook_deliveries,
)
from offers.domain.money import Money
from offers.domain.story import StoryEvent, StoryKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Column, Table

    from offers.adapters.postgres.machinery.statements import Statements
    from offers.domain.ids import TransactionId


@dataclass(frozen=True, slots=True)
class _Source:
    """One table, which row belongs to the transaction, and when it happened."""

    kind: StoryKind
    table: Table
    key: Column[Any]
    at: str
    facts: tuple[str, ...]


def _about(
    kind: StoryKind, table: Table, *, facts: tuple[str, ...], at: str = "created_at"
) -> _Source:
    return _Source(kind, table, table.c.transaction_id, at, facts)


_SOURCES = (
    _about(
        StoryKind.TRANSACTION,
        transaction_versions,
        at="at",
        facts=("version", "status", "attempts", "attention_reason", "lease_until"),
    ),
    _about(
        StoryKind.LEDGER_ENTRY,
        ledger_entries,
        facts=(
            "id",
            "kind",
            "amount_minor",
            "balance_after_minor",
            "currency",
            "actor",
            "reason",
        ),
    ),
    # What was sent already is gone: the outbox holds only what must still be sent.
    _about(
        StoryKind.OUTBOX,
        outbox,
        facts=("id", "topic", "deliver_at", "dispatch_after", "attempts", "last_error"),
    ),
    _about(
        StoryKind.NOTIFICATION,
        notifications,
        facts=("id", "notice", "status", "settled_at", "error"),
    ),
    _about(
        StoryKind.WEBHOOK,
        webhook_deliveries,
        facts=("id", "event", "status", "attempts", "updated_at"),
    ),
    _Source(
        StoryKind.AUDIT,
        audit_events,
        key=audit_events.c.subject,
        at="created_at",
        facts=("id", "actor", "action", "reason", "before", "after"),
    ),
)


_ATTEMPTS = (
    select(webhook_attempts)
    .join(webhook_deliveries, webhook_deliveries.c.id == webhook_attempts.c.delivery_id)
    .where(webhook_deliveries.c.transaction_id == bindparam("story"))
)


def story_of(statements: Statements, transaction_id: TransactionId) -> tuple[StoryEvent, ...]:
    """Everything recorded about a transaction, in time order; empty for an unknown id."""
    events = [event for source in _SOURCES for event in _events(statements, source, transaction_id)]
    events += _webhook_attempts(statements, transaction_id)
    return tuple(sorted(events, key=lambda event: event.at))


def _webhook_attempts(statements: Statements, transaction_id: TransactionId) -> list[StoryEvent]:
    rows = statements.all(_ATTEMPTS, {"story": transaction_id})
    names = [column.name for column in webhook_attempts.c if column.name != "at"]
    return [
        StoryEvent(
            row[webhook_attempts.c.at],
            StoryKind.WEBHOOK_ATTEMPT,
            {name: row[webhook_attempts.c[name]] for name in names},
        )
        for row in rows
    ]


def _events(
    statements: Statements, source: _Source, transaction_id: TransactionId
) -> Iterator[StoryEvent]:
    is_audit = source.kind is StoryKind.AUDIT
    key = f"transaction:{transaction_id}" if is_audit else transaction_id
    columns = [source.table.c[name] for name in (source.at, *source.facts)]
    query = select(*columns).where(source.key == bindparam("story", type_=source.key.type))
    for row in statements.all(query, {"story": key}):
        facts = {name: row[source.table.c[name]] for name in source.facts}
        yield StoryEvent(row[source.table.c[source.at]], source.kind, _with_amounts(facts))


def _with_amounts(facts: dict[str, Any]) -> dict[str, Any]:
    """Minor units become decimal strings."""
    currency = facts.get("currency", "")
    return {
        name.removesuffix("_minor"): Money(value, currency).amount
        if name.endswith("_minor")
        else value
        for name, value in facts.items()
    }
