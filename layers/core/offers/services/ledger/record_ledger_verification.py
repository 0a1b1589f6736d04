"""Prove the ledger and keep the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offers.domain.ledger_report import LedgerReport
    from offers.ports.ids import NewId
    from offers.ports.store.work import UnitOfWork
    from offers.services.ledger.verify_ledger import VerifyLedger


@dataclass(frozen=True)
class RecordLedgerVerification:
    """Operators see the latest report without running the proof again."""

    verify: VerifyLedger
    unit_of_work: UnitOfWork
    new_id: NewId

    def __call__(self) -> LedgerReport:
        """Raises StoreUnavailable."""
        report = self.verify()
        with self.unit_of_work() as work:
            work.ledger.record(self.new_id(), report)
        return report
