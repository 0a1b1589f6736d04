"""Accounts and their ledger in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Uuid, bindparam, case, cast, func, insert, select, update

from offers.adapters.postgres.machinery.keyset import Keyset
from offers.adapters.postgres.tables import (
    accounts,
    ledger_entries,
    offers,
    transactions,
    users,
)
from offers.domain.account import Account, EntryKind, LedgerEntry
from offers.domain.credit import Credit
from offers.domain.errors.customers import UserNotFound
from offers.domain.ids import AccountId, LedgerEntryId
from offers.domain.money import Money
from offers.ports.store.accounts import StatementLine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement, RowMapping

    from offers.adapters.postgres.machinery.statements import Statements
    from offers.domain.ids import UserId
    from offers.ports.pages import Page, PageRequest
    from offers.ports.store.accounts import Period


_OF_USER = select(accounts).where(accounts.c.user_id == bindparam("user_id"))
# FOR NO KEY UPDATE: rows that refer to the account may still be inserted by others.
_LOCK_FOR_USER = (
    _OF_USER.join(users, users.c.id == accounts.c.user_id)
    .where(users.c.is_active)
    .with_for_update(key_share=True, of=accounts)
)
_LOCK = select(accounts).where(accounts.c.id == bindparam("id")).with_for_update(key_share=True)
_MOVE = (
    update(accounts)
    .where(accounts.c.id == bindparam("account_id"))
    .values(balance_minor=bindparam("balance"), updated_at=bindparam("at"))
)
_ADD_ENTRY = insert(ledger_entries)
_GET = select(ledger_entries).where(ledger_entries.c.id == bindparam("id"))
_reference = ledger_entries.c.external_reference
_NEWEST = Keyset("statement", (ledger_entries.c.sequence,), is_descending=True)
_STATEMENT = (
    select(ledger_entries, transactions.c.reference, offers.c.code)
    .outerjoin(transactions, transactions.c.id == ledger_entries.c.transaction_id)
    .outerjoin(offers, offers.c.id == transactions.c.offer_id)
)
_administrator_id = case(
    (ledger_entries.c.actor.like("admin:%"), cast(func.substr(ledger_entries.c.actor, 7), Uuid()))
)
# As the unique index compares: whatever language the database sorts by.
_CREDIT = (
    select(ledger_entries, accounts.c.user_id, accounts.c.partner_id, users.c.username)
    .join(accounts, accounts.c.id == ledger_entries.c.account_id)
    .outerjoin(users, users.c.id == _administrator_id)
    .where(
        func.upper(_reference.collate("C"))
        == func.upper(bindparam("reference", type_=_reference.type).collate("C"))
    )
)


@dataclass(frozen=True, slots=True)
class PostgresAccounts:
    """Keeps the promises of offers.ports.store.accounts.Accounts."""

    statements: Statements

    def of_user(self, user_id: UserId) -> Account:
        return self._of_user(_OF_USER, user_id)

    def lock_for_user(self, user_id: UserId) -> Account:
        return self._of_user(_LOCK_FOR_USER, user_id)

    def lock(self, account_id: AccountId) -> Account:
        return account_of(self.statements.run(_LOCK, {"id": account_id}).mappings().one())

    def move(self, account: Account, entry: LedgerEntry) -> None:
        self.statements.later(
            _MOVE,
            {
                "account_id": account.id,
                "balance": account.balance.amount_minor,
                "at": account.updated_at,
            },
        )
        self.statements.later(_ADD_ENTRY, _entry_values(entry))

    def _of_user(self, statement: Any, user_id: UserId) -> Account:
        row = self.statements.first(statement, {"user_id": user_id})
        if row is None:
            raise UserNotFound
        return account_of(row)

    def entry(self, entry_id: LedgerEntryId) -> LedgerEntry:
        return entry_of(self.statements.run(_GET, {"id": entry_id}).mappings().one())

    def statement(
        self, account_id: AccountId, period: Period, request: PageRequest
    ) -> Page[StatementLine]:
        matching = _STATEMENT.where(
            ledger_entries.c.account_id == account_id, *_within(period, ledger_entries.c.created_at)
        )
        return _NEWEST.page(self.statements, matching, request, _line_of)

    def credit_of(self, external_reference: str) -> Credit | None:
        row = self.statements.first(_CREDIT, {"reference": external_reference})
        return None if row is None else _credit_of(row)


def _within(period: Period, at: ColumnElement[datetime]) -> Iterator[ColumnElement[bool]]:
    if period.start is not None:
        yield at >= period.start
    if period.end is not None:
        yield at < period.end


def _line_of(row: RowMapping) -> StatementLine:
    return StatementLine(entry_of(row), row[transactions.c.reference], row[offers.c.code])


def _credit_of(row: RowMapping) -> Credit:
    entry = entry_of(row)
    return Credit(
        entry=entry,
        user_id=row[accounts.c.user_id],
        partner_id=row[accounts.c.partner_id],
        credited_by=row[users.c.username] or entry.actor,
    )


def account_of(row: RowMapping) -> Account:
    """The account that a row of the table describes."""
    currency = row[accounts.c.currency]
    return Account(
        id=AccountId(row[accounts.c.id]),
        user_id=row[accounts.c.user_id],
        partner_id=row[accounts.c.partner_id],
        balance=Money(row[accounts.c.balance_minor], currency),
        credit_limit=Money(row[accounts.c.credit_limit_minor], currency),
        updated_at=row[accounts.c.updated_at],
    )


def _entry_values(entry: LedgerEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "account_id": entry.account_id,
        "kind": entry.kind,
        "amount_minor": entry.amount.amount_minor,
        "currency": entry.amount.currency,
        "balance_after_minor": entry.balance_after.amount_minor,
        "transaction_id": entry.transaction_id,
        "actor": entry.actor,
        "reason": entry.reason,
        "created_at": entry.created_at,
        "external_reference": entry.external_reference,
    }


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
        external_reference=row[columns.external_reference],
    )


def account_values(account: Account) -> dict[str, Any]:
    """A new account as a row; its balance is zero, since only entries move it."""
    return {
        "id": account.id,
        "user_id": account.user_id,
        "partner_id": account.partner_id,
        "currency": account.balance.currency,
        "balance_minor": account.balance.amount_minor,
        "credit_limit_minor": account.credit_limit.amount_minor,
        "updated_at": account.updated_at,
    }
