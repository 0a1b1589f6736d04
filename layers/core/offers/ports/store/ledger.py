"""The whole ledger at once, and the proofs of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from offers.domain.ledger_report import LedgerReport


class Ledger(Protocol):
    """The whole ledger at once, and the reports of its scheduled proof."""

    def verify(self, at: datetime, examples: int) -> LedgerReport:
        """Check every rule over all rows, with at most ``examples`` breaches of each."""

    def record(self, verification_id: UUID, report: LedgerReport) -> None:
        """Store a report as its document."""

    def latest(self) -> Mapping[str, Any] | None:
        """The newest report's document; None if there is none."""
