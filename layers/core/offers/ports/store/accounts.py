"""Balances, and the ledger that explains them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.account import Account, LedgerEntry
    from offers.domain.credit import Credit
    from offers.domain.ids import (
        AccountId,
        LedgerEntryId,
        UserId,
    )
    from offers.ports.pages import Page, PageRequest


@dataclass(frozen=True, slots=True)
class Period:
    """``start`` is inclusive, ``end`` exclusive; None is open."""

    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class StatementLine:
    """An entry, and what a charge or a refund was for: our reference and the offer's code."""

    entry: LedgerEntry
    reference: str | None
    offer_code: str | None


class Accounts(Protocol):
    """Balances and the entries that explain them."""

    def of_user(self, user_id: UserId) -> Account:
        """Read without locking. Raise UserNotFound if the user has none."""

    def lock_for_user(self, user_id: UserId) -> Account:
        """Hold the row until the unit of work ends.

        Raise UserNotFound for an unknown or deactivated user.
        """

    def lock(self, account_id: AccountId) -> Account:
        """Hold the row until the unit of work ends."""

    def move(self, account: Account, entry: LedgerEntry) -> None:
        """Store the new balance together with its entry.

        Raise AlreadyCredited (now, or at commit) if an entry has its external reference.
        """

    def entry(self, entry_id: LedgerEntryId) -> LedgerEntry:
        """An entry known to exist."""

    def statement(
        self, account_id: AccountId, period: Period, request: PageRequest
    ) -> Page[StatementLine]:
        """The account's entries, newest first: each with the balance right after it."""

    def credit_of(self, external_reference: str) -> Credit | None:
        """What stands in the ledger under this reference; None if nothing does."""
