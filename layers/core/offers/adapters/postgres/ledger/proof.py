"""Promise 1 over all rows: one set-based query per rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, text

from offers.adapters.postgres.ledger.rules import QUERIES
from offers.adapters.postgres.tables import accounts, ledger_verifications, transactions
from offers.domain.ledger_report import Breach, LedgerReport

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Table

    from offers.adapters.postgres.machinery.statements import Statements
    from offers.domain.ledger_report import LedgerRule


_FIND = {
    rule: text(
        "SELECT subject, detail, count(*) OVER () AS total"  # noqa: S608  # our own constants
        f" FROM ({query}) AS breach ORDER BY subject LIMIT :examples"
    )
    for rule, query in QUERIES.items()
}
_LATEST = select(ledger_verifications).order_by(ledger_verifications.c.verified_at.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class PostgresLedger:
    """Keeps the promises of offers.ports.store.ledger.Ledger.

    Each rule is checked in a snapshot of its own: every commit keeps every rule, so traffic beside
    it makes no false alarm.
    """

    statements: Statements

    def verify(self, at: datetime, examples: int) -> LedgerReport:
        found = {rule: self._breaches(rule, examples) for rule in QUERIES}
        return LedgerReport(
            verified_at=at,
            accounts=self._count(accounts),
            transactions=self._count(transactions),
            counts={rule: total for rule, (total, _) in found.items()},
            breaches=tuple(breach for _, some in found.values() for breach in some),
        )

    def _breaches(self, rule: LedgerRule, examples: int) -> tuple[int, list[Breach]]:
        rows = self.statements.all(_FIND[rule], {"examples": max(1, examples)})
        some = [Breach(rule, row["subject"], row["detail"]) for row in rows]
        return rows[0]["total"] if rows else 0, some[:examples]

    def _count(self, table: Table) -> int:
        return int(self.statements.run(select(func.count()).select_from(table)).scalar_one())

    def record(self, verification_id: UUID, report: LedgerReport) -> None:
        self.statements.later(
            insert(ledger_verifications),
            {
                "id": verification_id,
                "verified_at": report.verified_at,
                "is_clean": report.is_clean,
                "report": report.document(),
            },
        )

    def latest(self) -> Mapping[str, Any] | None:
        row = self.statements.first(_LATEST)
        return None if row is None else row[ledger_verifications.c.report]
