"""Accounts and their ledger: the balance moves only together with an entry that explains it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from offers.domain.errors.ledger import InsufficientBalance
from offers.domain.errors.partners import CreditLimitReached

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import AccountId, LedgerEntryId, PartnerId, TransactionId, UserId
    from offers.domain.money import Money


class EntryKind(StrEnum):
    """Why a balance moved.

    A charge is negative, a refund and a top-up positive, an adjustment either.
    """

    TOP_UP = "top_up"
    CHARGE = "charge"
    REFUND = "refund"
    ADJUSTMENT = "adjustment"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One signed movement of one account; never changed afterwards. ``actor`` is who caused it.

    A top-up or an adjustment may have the ``external_reference`` of what it records; no two entries
    of the whole ledger have the same, so that a payment is never credited twice.
    """

    id: LedgerEntryId
    account_id: AccountId
    kind: EntryKind
    amount: Money
    balance_after: Money
    transaction_id: TransactionId | None
    actor: str
    reason: str
    created_at: datetime
    external_reference: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A prepaid balance of a user, or a credit line of a partner:

    exactly one of the two owners is set.
    """

    id: AccountId
    user_id: UserId | None
    partner_id: PartnerId | None
    balance: Money
    credit_limit: Money
    updated_at: datetime

    @property
    def available(self) -> Money:
        """What can still be spent: the balance plus the credit limit."""
        return self.balance + self.credit_limit

    def charge(self, price: Money, cause: Movement) -> tuple[Account, LedgerEntry]:
        """Take ``price``; or InsufficientBalance (customer), CreditLimitReached (partner)."""
        if self.available < price:
            if self.partner_id is not None:
                raise CreditLimitReached(self.available, price)
            raise InsufficientBalance(self.balance, price)
        return self._move(EntryKind.CHARGE, -price, cause)

    def refund(self, price: Money, cause: Movement) -> tuple[Account, LedgerEntry]:
        """Give ``price`` back."""
        return self._move(EntryKind.REFUND, price, cause)

    def top_up(self, amount: Money, cause: Movement) -> tuple[Account, LedgerEntry]:
        """Add prepaid money; ``amount`` is positive."""
        return self._move(EntryKind.TOP_UP, amount, cause)

    def credit(
        self, kind: EntryKind, amount: Money, cause: Movement
    ) -> tuple[Account, LedgerEntry]:
        """A top-up or an adjustment."""
        if kind is EntryKind.TOP_UP:
            return self.top_up(amount, cause)
        return self.adjust(amount, cause)

    def adjust(self, amount: Money, cause: Movement) -> tuple[Account, LedgerEntry]:
        """Correct the balance by a signed amount; it cannot overdraw the account either."""
        if self.available < -amount:
            raise InsufficientBalance(self.balance, -amount)
        return self._move(EntryKind.ADJUSTMENT, amount, cause)

    def _move(self, kind: EntryKind, amount: Money, cause: Movement) -> tuple[Account, LedgerEntry]:
        balance = self.balance + amount
        entry = LedgerEntry(
            id=cause.entry_id,
            account_id=self.id,
            kind=kind,
            amount=amount,
            balance_after=balance,
            transaction_id=cause.transaction_id,
            actor=cause.actor,
            reason=cause.reason,
            created_at=cause.at,
            external_reference=cause.external_reference,
        )
        return replace(self, balance=balance, updated_at=cause.at), entry


@dataclass(frozen=True, slots=True)
class Movement:
    """Who moves money, why and when: what a ledger entry records beside the amount."""

    entry_id: LedgerEntryId
    at: datetime
    actor: str
    reason: str = ""
    transaction_id: TransactionId | None = None
    external_reference: str | None = None
