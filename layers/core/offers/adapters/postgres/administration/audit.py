"""The audit log and the stored proofs of the ledger in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from offers.adapters.postgres.machinery.keyset import Keyset
from offers.adapters.postgres.tables import audit_events
from offers.domain.audit import AuditEvent
from offers.domain.ids import AuditEventId

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, RowMapping

    from offers.adapters.postgres.machinery.statements import Statements
    from offers.ports.pages import Page, PageRequest
    from offers.ports.store.audit import AuditQuery

_NEWEST = Keyset("audit", (audit_events.c.id,), is_descending=True)


@dataclass(frozen=True, slots=True)
class PostgresAuditEvents:
    """Keeps the promises of offers.ports.store.audit.AuditEvents."""

    statements: Statements

    def add(self, event: AuditEvent) -> None:
        self.statements.later(insert(audit_events), _values(event))

    def page(self, query: AuditQuery, request: PageRequest) -> Page[AuditEvent]:
        matching = select(audit_events).where(*_conditions(query))
        return _NEWEST.page(self.statements, matching, request, _event_of)


def _conditions(query: AuditQuery) -> Iterator[ColumnElement[bool]]:
    columns = audit_events.c
    if query.actor is not None:
        yield columns.actor == query.actor
    if query.action is not None:
        yield columns.action == query.action
    if query.subject is not None:
        yield columns.subject == query.subject
    if query.created_from is not None:
        yield columns.created_at >= query.created_from
    if query.created_to is not None:
        yield columns.created_at < query.created_to


def _event_of(row: RowMapping) -> AuditEvent:
    columns = audit_events.c
    return AuditEvent(
        id=AuditEventId(row[columns.id]),
        actor=row[columns.actor],
        action=row[columns.action],
        subject=row[columns.subject],
        reason=row[columns.reason],
        before=row[columns.before],
        after=row[columns.after],
        created_at=row[columns.created_at],
    )


def _values(event: AuditEvent) -> dict[str, Any]:
    return {
        "id": event.id,
        "actor": event.actor,
        "action": event.action,
        "subject": event.subject,
        "reason": event.reason,
        "before": event.before,
        "after": event.after,
        "created_at": event.created_at,
    }
