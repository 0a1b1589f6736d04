"""Partners in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select, update

from offers.adapters.postgres.ledger.accounts import account_of, account_values
from offers.adapters.postgres.machinery.changing import changed
from offers.adapters.postgres.machinery.keyset import Keyset
from offers.adapters.postgres.partners.rows import (
    key_of,
    key_values,
    partner_of,
    partner_values,
    usage_of,
    usage_values,
)
from offers.adapters.postgres.tables import accounts, partner_api_keys, partner_usage, partners
from offers.domain.errors.partners import PartnerNotFound, UnknownApiKey
from offers.domain.partner_usage import PartnerUsage
from offers.ports.store.partners import Payer

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Executable

    from offers.adapters.postgres.machinery.statements import Statements
    from offers.domain.account import Account
    from offers.domain.ids import PartnerId
    from offers.domain.partner import Partner, PartnerApiKey
    from offers.ports.pages import Page, PageRequest

_NEWEST = Keyset("partners", (partners.c.created_at, partners.c.id), is_descending=True)
_GET = select(partners).where(partners.c.id == bindparam("id"))
_LOCK = _GET.with_for_update(key_share=True)
_OF_KEY = (
    select(partners)
    .join(partner_api_keys, partner_api_keys.c.partner_id == partners.c.id)
    .where(partner_api_keys.c.api_key_id == bindparam("api_key_id"))
    .where(partner_api_keys.c.revoked_at.is_(None), partners.c.is_active)
)
_KEYS = (
    select(partner_api_keys)
    .where(partner_api_keys.c.partner_id == bindparam("id"))
    .order_by(partner_api_keys.c.created_at, partner_api_keys.c.api_key_id)
)
_ACCOUNT = select(accounts).where(accounts.c.partner_id == bindparam("id"))
_LOCK_ACCOUNT = _ACCOUNT.with_for_update(key_share=True)
# Whoever waited for the lock must see the newest usage, so that row is locked too: what is only
# joined would be seen as it was when the statement began.
_LOCK_PAYER = (
    select(accounts, partner_usage, partners)
    .join(partners, partners.c.id == accounts.c.partner_id)
    .join(partner_usage, partner_usage.c.partner_id == partners.c.id)
    .where(partners.c.id == bindparam("id"), partners.c.is_active)
    .with_for_update(key_share=True, of=[accounts, partner_usage])
)
_failing_since = partners.c.webhook_failing_since


@dataclass(frozen=True, slots=True)
class PostgresPartners:
    """Keeps the promises of offers.ports.store.partners.Partners."""

    statements: Statements

    def get(self, partner_id: PartnerId) -> Partner:
        return self._found(_GET, partner_id)

    def lock(self, partner_id: PartnerId) -> Partner:
        return self._found(_LOCK, partner_id)

    def of_api_key(self, api_key_id: str) -> Partner:
        row = self.statements.first(_OF_KEY, {"api_key_id": api_key_id})
        if row is None:
            raise UnknownApiKey
        return partner_of(row)

    def page(self, request: PageRequest) -> Page[Partner]:
        return _NEWEST.page(self.statements, select(partners), request, partner_of)

    def add(self, partner: Partner, account: Account) -> None:
        self.statements.later(insert(partners), partner_values(partner))
        self.statements.later(insert(accounts), account_values(account))
        usage = PartnerUsage.none(partner.id, partner.created_at)
        self.statements.later(insert(partner_usage), usage_values(usage))

    def save(self, partner: Partner, before: Partner) -> None:
        values = changed(partner_values(partner), partner_values(before))
        if values:
            statement = update(partners).where(partners.c.id == partner.id)
            self.statements.later(statement.values(values))

    def keys(self, partner_id: PartnerId) -> tuple[PartnerApiKey, ...]:
        return tuple(map(key_of, self.statements.all(_KEYS, {"id": partner_id})))

    def add_key(self, key: PartnerApiKey) -> None:
        self.statements.later(insert(partner_api_keys), key_values(key))

    def save_key(self, key: PartnerApiKey) -> None:
        statement = update(partner_api_keys).where(partner_api_keys.c.api_key_id == key.api_key_id)
        self.statements.later(statement.values(revoked_at=key.revoked_at))

    def account_of(self, partner_id: PartnerId) -> Account:
        return self._account(_ACCOUNT, partner_id)

    def lock_account(self, partner_id: PartnerId) -> Account:
        return self._account(_LOCK_ACCOUNT, partner_id)

    def save_credit_limit(self, account: Account) -> None:
        statement = update(accounts).where(accounts.c.id == account.id)
        limit = account.credit_limit.amount_minor
        self.statements.later(
            statement.values(credit_limit_minor=limit, updated_at=account.updated_at)
        )

    def lock_payer(self, partner_id: PartnerId) -> Payer:
        row = self.statements.first(_LOCK_PAYER, {"id": partner_id})
        if row is None:
            raise UnknownApiKey
        return Payer(partner_of(row), account_of(row), usage_of(row))

    def save_usage(self, usage: PartnerUsage) -> None:
        statement = update(partner_usage).where(partner_usage.c.partner_id == usage.partner_id)
        self.statements.later(statement.values(usage_values(usage)))

    def note_webhook_success(self, partner_id: PartnerId) -> None:
        statement = update(partners).where(partners.c.id == partner_id, _failing_since.is_not(None))
        self.statements.later(statement.values(webhook_failing_since=None))

    def note_webhook_failure(self, partner_id: PartnerId, at: datetime) -> None:
        statement = update(partners).where(partners.c.id == partner_id, _failing_since.is_(None))
        has_url = partners.c.webhook_url.is_not(None)
        self.statements.later(statement.where(has_url).values(webhook_failing_since=at))

    def _found(self, statement: Executable, partner_id: PartnerId) -> Partner:
        row = self.statements.first(statement, {"id": partner_id})
        if row is None:
            raise PartnerNotFound
        return partner_of(row)

    def _account(self, statement: Executable, partner_id: PartnerId) -> Account:
        row = self.statements.first(statement, {"id": partner_id})
        if row is None:
            raise PartnerNotFound
        return account_of(row)
