"""Prove promise 1 over the whole database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offers.domain.ledger_report import LedgerReport
    from offers.ports.clock import Clock
    from offers.ports.store.work import Reading

EXAMPLES = 20


@dataclass(frozen=True)
class VerifyLedger:
    """Reads only; may run at any time, beside traffic."""

    reading: Reading
    clock: Clock

    def __call__(self) -> LedgerReport:
        """Raises StoreUnavailable."""
        with self.reading() as store:
            return store.ledger.verify(self.clock(), EXAMPLES)
