"""What the bodies of administrators' requests have in common."""

from __future__ import annotations

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field
from typing_extensions import TypedDict

from offers.domain.audit import AuditEvent
from offers.domain.times import rfc3339
from offers.entrypoints.http.schemas.fields import (
    Id,
    PlainText,
    ReadableText,
    Time,
)

Reason = Annotated[
    ReadableText,
    Field(
        min_length=1,
        max_length=500,
        description="Why; kept in the audit log.",
        examples=["Autumn price list"],
    ),
]


ExactText = Annotated[PlainText | None, Query(max_length=200, description="Exact match.")]


class AuditEventDocument(TypedDict):
    """Who changed what, and why; ``before`` and ``after`` hold what differs."""

    id: Id
    actor: Annotated[str, Field(examples=["admin:0193572c-7c1e-7b3a-9f52-0d3e5a1b2c4d"])]
    action: Annotated[str, Field(examples=["offer.changed"])]
    subject: Annotated[str, Field(examples=["offer:0193572c-7c1e-7b3a-9f52-0d3e5a1b2c4d"])]
    reason: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    created_at: Time


class AuditEventList(TypedDict):
    """One page of the audit log, newest first."""

    data: list[AuditEventDocument]
    next_cursor: str | None


def audit_event_document(event: AuditEvent) -> AuditEventDocument:
    """One line of the audit log."""
    return AuditEventDocument(
        id=str(event.id),
        actor=event.actor,
        action=event.action,
        subject=event.subject,
        reason=event.reason,
        before=None if event.before is None else dict(event.before),
        after=None if event.after is None else dict(event.after),
        created_at=rfc3339(event.created_at),
    )
