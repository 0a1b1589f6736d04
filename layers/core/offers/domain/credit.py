"""Money that an administrator paid in or corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offers.domain.account import LedgerEntry
    from offers.domain.ids import PartnerId, UserId

EXTERNAL_REFERENCE = r"[!-~]+( [!-~]+)*"
"""What a payment is called outside: visible ASCII, with single spaces inside.

Any reference of a bank statement (ISO 20022) is one. Compared without regard to case.
"""
MAX_EXTERNAL_REFERENCE = 100


@dataclass(frozen=True, slots=True)
class Credit:
    """A top-up or an adjustment in the ledger, on whose account it is, and who made it."""

    entry: LedgerEntry
    user_id: UserId | None
    partner_id: PartnerId | None
    credited_by: str

    def __str__(self) -> str:
        entry = self.entry
        return f"{entry.amount} on {entry.created_at:%Y-%m-%d} by {self.credited_by}"
