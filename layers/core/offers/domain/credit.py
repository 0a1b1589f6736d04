"""Money that an administrator paid in or corrected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from offers.domain.errors.ledger import CreditRequestSettled, SecondAdministratorNeeded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from offers.domain.account import Account, EntryKind, LedgerEntry
    from offers.domain.ids import AccountId, CreditRequestId, LedgerEntryId, PartnerId, UserId
    from offers.domain.money import Money

EXTERNAL_REFERENCE = r"[!-~]+( [!-~]+)*"
"""What a payment is called outside: visible ASCII, with single spaces inside.

Any reference of a bank statement (ISO 20022) is one. Compared without regard to case.
"""
MAX_EXTERNAL_REFERENCE = 100
OPEN_FOR = timedelta(days=7)
"""How long a credit waits for a second administrator."""


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


@dataclass(frozen=True, slots=True)
class FourEyes:
    """Which credits wait for a second administrator: those above an amount, and money to oneself.

    ``above`` has the amounts by currency, ``otherwise`` is that of all others; in whole units of
    the currency, whichever sign the credit has.
    """

    otherwise: Decimal
    above: Mapping[str, Decimal]

    def apply_to(self, account: Account, amount: Money, admin_id: UserId) -> bool:
        """Whether this administrator cannot credit this account alone."""
        limit = self.above.get(amount.currency, self.otherwise)
        return account.user_id == admin_id or abs(Decimal(amount.amount)) > limit


class CreditStatus(StrEnum):
    """A credit that waits is decided once, or expires."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class CreditRequest:
    """A credit that one administrator asked for and another must agree to.

    ``requested_by`` and ``decided_by`` are never the same. The names are for people; who adds a
    request may leave them out.
    """

    id: CreditRequestId
    account_id: AccountId
    user_id: UserId | None
    partner_id: PartnerId | None
    kind: EntryKind
    amount: Money
    external_reference: str | None
    reason: str
    requested_by: UserId
    created_at: datetime
    expires_at: datetime
    status: CreditStatus = CreditStatus.PENDING
    decided_by: UserId | None = None
    decided_at: datetime | None = None
    decision: str | None = None
    entry_id: LedgerEntryId | None = None
    requester: str = ""
    decider: str | None = None

    @property
    def subject(self) -> str:
        """Whose account, as the audit log names it."""
        return f"user:{self.user_id}" if self.user_id else f"partner:{self.partner_id}"

    def at(self, now: datetime) -> CreditRequest:
        """As it is at this moment: what was not decided in time has expired."""
        if self.status is CreditStatus.PENDING and self.expires_at <= now:
            return replace(self, status=CreditStatus.EXPIRED)
        return self

    def approve(
        self, by: UserId, decision: str, entry_id: LedgerEntryId, now: datetime
    ) -> CreditRequest:
        """Raises CreditRequestSettled, or SecondAdministratorNeeded for who asked for it and for
        whom it is.
        """
        decided = self._decided(CreditStatus.APPROVED, by, decision, now)
        return replace(decided, entry_id=entry_id)

    def reject(self, by: UserId, decision: str, now: datetime) -> CreditRequest:
        """Likewise."""
        return self._decided(CreditStatus.REJECTED, by, decision, now)

    def _decided(
        self, status: CreditStatus, by: UserId, decision: str, now: datetime
    ) -> CreditRequest:
        if (current := self.at(now).status) is not CreditStatus.PENDING:
            raise CreditRequestSettled(current)
        if by in (self.requested_by, self.user_id):
            raise SecondAdministratorNeeded
        return replace(self, status=status, decided_by=by, decided_at=now, decision=decision)
