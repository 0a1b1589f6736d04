"""The audit log, and other records that only operators read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.audit import AuditEvent
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
