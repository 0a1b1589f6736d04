"""The proof of promise 1: what must hold over the whole ledger, and what does not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from offers.domain.times import rfc3339

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID


class LedgerRule(StrEnum):
    """Each is one set-based query over the whole database; also the metric's dimension."""

    BALANCE_IS_SUM = "balance_is_sum"
    """An account's balance is the sum of its entries."""
    RUNNING_BALANCE = "running_balance"
    """Each entry continues the one before."""
    NOT_OVERDRAWN = "not_overdrawn"
    """No balance is below minus its credit limit, now or after any entry."""
    ONE_CHARGE = "one_charge"
    """Every transaction has exactly one charge, over its amount, on its payer's account."""
    REFUND_IF_FAILED = "refund_if_failed"
    """A failed transaction has exactly one refund over its amount; every other has none."""
    ONE_CURRENCY = "one_currency"
    """Entries and transactions are in their account's currency."""
    CREDITED_ONCE = "credited_once"
    """No two entries have the same external reference."""
    SUBSCRIPTION_AGREES = "subscription_agrees"
    """A settled activation's subscription started if it succeeded, and did not if it failed."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One account, entry or transaction that breaks a rule."""

    rule: LedgerRule
    subject: UUID
    detail: str


@dataclass(frozen=True, slots=True)
class LedgerReport:
    """``counts`` has every rule; ``breaches`` are examples, at most some per rule."""

    verified_at: datetime
    accounts: int
    transactions: int
    counts: Mapping[LedgerRule, int]
    breaches: tuple[Breach, ...]

    @property
    def is_clean(self) -> bool:
        """Whether every rule holds everywhere."""
        return not any(self.counts.values())

    def document(self) -> dict[str, Any]:
        """The machine-readable report."""
        return {
            "verified_at": rfc3339(self.verified_at),
            "is_clean": self.is_clean,
            "accounts": self.accounts,
            "transactions": self.transactions,
            "counts": {str(rule): count for rule, count in self.counts.items()},
            "breaches": [
                {"rule": str(each.rule), "subject": str(each.subject), "detail": each.detail}
                for each in self.breaches
            ],
        }
