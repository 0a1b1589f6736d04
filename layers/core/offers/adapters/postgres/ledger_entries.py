"""Single ledger entries in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from offers.adapters.postgres.tables import ledger_entries
from offers.domain.account import EntryKind, LedgerEntry
from offers.domain.ids import AccountId, LedgerEntryId
from offers.domain.money import Money

if TYPE_CHECKING:
    from sqlalchemy import RowMapping

    from offers.adapters.postgres.statements import Statements

_GET = select(ledger_entries).where(ledger_entries.c.id == bindparam("id"))


@dataclass(frozen=True, slots=True)
class PostgresLedgerEntries:
    """Keeps the promise of offers.ports.administration.LedgerEntries."""

    statements: Statements

    def get(self, entry_id: LedgerEntryId) -> LedgerEntry:
        return entry_of(self.statements.run(_GET, {"id": entry_id}).mappings().one())


def entry_of(row: RowMapping) -> LedgerEntry:
    """The entry that a row of the table describes."""
    columns = ledger_entries.c
    currency = row[columns.currency]
    return LedgerEntry(
        id=LedgerEntryId(row[columns.id]),
        account_id=AccountId(row[columns.account_id]),
        kind=EntryKind(row[columns.kind]),
        amount=Money(row[columns.amount_minor], currency),
        balance_after=Money(row[columns.balance_after_minor], currency),
        transaction_id=row[columns.transaction_id],
        actor=row[columns.actor],
        reason=row[columns.reason],
        created_at=row[columns.created_at],
    )
