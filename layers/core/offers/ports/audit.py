"""The audit log, and other records that only operators read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from offers.domain.audit import AuditEvent
    from offers.domain.ids import TransactionId
    from offers.domain.ledger_report import LedgerReport
    from offers.domain.story import StoryEvent
    from offers.ports.pages import Page, PageRequest


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Exact matches; ``created_from`` is inclusive, ``created_to`` exclusive."""

    actor: str | None = None
    action: str | None = None
    subject: str | None = None
    created_from: datetime | None = None
    created_to: datetime | None = None


class AuditEvents(Protocol):
    """What operators changed; append-only."""

    def add(self, event: AuditEvent) -> None:
        """Store it in the same commit as the change that it tells of."""

    def page(self, query: AuditQuery, request: PageRequest) -> Page[AuditEvent]:
        """Newest first."""


class LedgerVerifications(Protocol):
    """Reports of the scheduled proof of the ledger."""

    def add(self, verification_id: UUID, report: LedgerReport) -> None:
        """Store a report as its document."""

    def latest(self) -> Mapping[str, Any] | None:
        """The newest report's document; None if there is none."""


class TransactionStories(Protocol):
    """Everything recorded about a transaction, from all tables."""

    def tell(self, transaction_id: TransactionId) -> tuple[StoryEvent, ...]:
        """In time order; empty for an unknown id."""
