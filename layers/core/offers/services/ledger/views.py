"""What is read of the ledger, and nothing decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from offers.services.administration.administrators import administrator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from offers.domain.account import Account
    from offers.domain.credit import CreditRequest, CreditStatus
    from offers.domain.ids import PartnerId, UserId
    from offers.ports.clock import Clock
    from offers.ports.pages import Page, PageRequest
    from offers.ports.store.accounts import Period, StatementLine
    from offers.ports.store.work import Reading
    from offers.services.ledger.verify_ledger import VerifyLedger


@dataclass(frozen=True)
class GetBalance:
    """Always from the store: money is never read from a cache."""

    reading: Reading

    def __call__(self, user_id: UserId) -> Account:
        """Raises UserNotFound or StoreUnavailable."""
        with self.reading() as store:
            return store.accounts.of_user(user_id)


@dataclass(frozen=True)
class GetStatement:
    """What moved a customer's balance, newest first."""

    reading: Reading

    def __call__(
        self, user_id: UserId, period: Period, request: PageRequest
    ) -> Page[StatementLine]:
        """Raises UserNotFound, InvalidCursor or StoreUnavailable."""
        with self.reading() as store:
            account = store.accounts.of_user(user_id)
            return store.accounts.statement(account.id, period, request)


@dataclass(frozen=True)
class ExplainBalance:
    """The same for administrators: of anybody's account."""

    reading: Reading

    def __call__(
        self, admin_id: UserId, user_id: UserId, period: Period, request: PageRequest
    ) -> Page[StatementLine]:
        """Of a user's. Raises NotPermitted, UserNotFound, InvalidCursor or StoreUnavailable."""
        with self.reading() as store:
            administrator(store, admin_id)
            account = store.accounts.of_user(user_id)
            return store.accounts.statement(account.id, period, request)

    def of_partner(
        self, admin_id: UserId, partner_id: PartnerId, period: Period, request: PageRequest
    ) -> Page[StatementLine]:
        """Of a partner's. Raises PartnerNotFound, and else what a user's does."""
        with self.reading() as store:
            administrator(store, admin_id)
            account = store.partners.account_of(partner_id)
            return store.accounts.statement(account.id, period, request)


@dataclass(frozen=True)
class LatestLedgerVerification:
    """The document of the newest report; on a stage so new that there is none, of one made now."""

    reading: Reading
    verify: VerifyLedger

    def __call__(self, admin_id: UserId) -> Mapping[str, Any]:
        """Raises NotPermitted or StoreUnavailable."""
        with self.reading() as store:
            administrator(store, admin_id)
            report = store.ledger.latest()
        return self.verify().document() if report is None else report


@dataclass(frozen=True)
class ListCredits:
    """What waits for a second administrator, and what became of what did; newest first."""

    reading: Reading
    clock: Clock

    def __call__(
        self, admin_id: UserId, status: CreditStatus | None, request: PageRequest
    ) -> Page[CreditRequest]:
        """Raises NotPermitted, InvalidCursor or StoreUnavailable."""
        now = self.clock()
        with self.reading() as store:
            administrator(store, admin_id)
            page = store.credits.page(status, now, request)
        return replace(page, items=tuple(each.at(now) for each in page.items))
