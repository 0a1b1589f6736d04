"""Transactions in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, or_, select, update

from offers.adapters.postgres.activation.stories import story_of
from offers.adapters.postgres.activation.transaction_rows import (
    FACTS,
    transaction_of,
    transaction_values,
)
from offers.adapters.postgres.machinery.changing import changing
from offers.adapters.postgres.machinery.keyset import Keyset
from offers.adapters.postgres.tables import offers, outbox, partners, transactions, users
from offers.domain.errors.activation import TransactionNotFound
from offers.domain.errors.partners import ReferenceNotFound
from offers.domain.ids import TransactionId
from offers.domain.outbox import Topic
from offers.domain.transaction import TransactionStatus
from offers.ports.store.transactions import TransactionView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement, Executable, RowMapping

    from offers.adapters.postgres.machinery.statements import Statements
    from offers.domain.ids import PartnerId
    from offers.domain.story import StoryEvent
    from offers.domain.transaction import Transaction
    from offers.ports.pages import Page, PageRequest
    from offers.ports.store.transactions import TransactionQuery


_NEWEST = Keyset("transactions", (transactions.c.created_at, transactions.c.id), is_descending=True)
_OLDEST = Keyset("transactions:oldest", (transactions.c.created_at, transactions.c.id))
_VIEW = (
    select(transactions, users.c.username, offers.c.code, partners.c.name)
    .join(users, users.c.id == transactions.c.user_id)
    .join(offers, offers.c.id == transactions.c.offer_id)
    .outerjoin(partners, partners.c.id == transactions.c.partner_id)
)
_VIEW_ONE = _VIEW.where(transactions.c.id == bindparam("id"))
_GET = select(transactions).where(transactions.c.id == bindparam("id"))
_LOCK = _GET.with_for_update(key_share=True)
_IS_OPEN = transactions.c.status.in_([TransactionStatus.PENDING, TransactionStatus.PROCESSING])
_WAITS_IN_OUTBOX = (
    select(outbox.c.id)
    .where(outbox.c.transaction_id == transactions.c.id, outbox.c.topic == Topic.ACTIVATION)
    .exists()
)
_UNTRIED = (
    select(transactions.c.id)
    .where(_IS_OPEN, transactions.c.updated_at < bindparam("before"))
    .where(transactions.c.attempts == 0, transactions.c.turned_away == 0)
    .where(transactions.c.lease_until.is_(None), ~_WAITS_IN_OUTBOX)
    .order_by(transactions.c.updated_at, transactions.c.id)
    .limit(bindparam("limit"))
)
# Both are look-ups in a unique index, without an order that could tempt the planner elsewhere.
_OF_PARTNER = select(transactions).where(transactions.c.partner_id == bindparam("partner_id"))
_FIND_ORDER = _OF_PARTNER.where(
    transactions.c.partner_reference
    == bindparam("partner_reference", type_=transactions.c.partner_reference.type)
)
_ORDER = _OF_PARTNER.where(
    transactions.c.reference == bindparam("reference", type_=transactions.c.reference.type)
)


@dataclass(frozen=True, slots=True)
class PostgresTransactions:
    """Keeps the promises of offers.ports.store.transactions.Transactions."""

    statements: Statements

    def get(self, transaction_id: TransactionId) -> Transaction:
        return self._found(_GET, transaction_id)

    def lock(self, transaction_id: TransactionId) -> Transaction:
        return self._found(_LOCK, transaction_id)

    def add(self, transaction: Transaction) -> None:
        self.statements.later(insert(transactions), transaction_values(transaction))

    def save(self, transaction: Transaction) -> None:
        changed = update(transactions).where(transactions.c.id == transaction.id)
        self.statements.later(changed.values(changing(transaction_values(transaction), *FACTS)))

    def page(self, query: TransactionQuery, request: PageRequest) -> Page[Transaction]:
        matching = select(transactions).where(*_conditions(query))
        return _NEWEST.page(self.statements, matching, request, transaction_of)

    def search(self, query: TransactionQuery, request: PageRequest) -> Page[TransactionView]:
        keyset = _OLDEST if query.is_oldest_first else _NEWEST
        matching = _VIEW.where(*_conditions(query))
        return keyset.page(self.statements, matching, request, _view_of)

    def view(self, transaction_id: TransactionId) -> TransactionView:
        row = self.statements.first(_VIEW_ONE, {"id": transaction_id})
        if row is None:
            raise TransactionNotFound
        return _view_of(row)

    def unsettled_since(
        self, before: datetime, limit: int, given_up_before: datetime | None = None
    ) -> tuple[TransactionId, ...]:
        """A lease counts as passed only when it ended by ``before``: the store has no clock of
        its own."""
        lease_until = transactions.c.lease_until
        abandoned = (
            select(transactions.c.id)
            .where(_IS_OPEN, transactions.c.updated_at < before)
            .where(or_(lease_until.is_(None), lease_until <= before))
            .order_by(transactions.c.updated_at, transactions.c.id)
            .limit(limit)
        )
        if given_up_before is not None:
            is_given_up = transactions.c.created_at <= given_up_before
            abandoned = abandoned.where(or_(~_WAITS_IN_OUTBOX, is_given_up))
        rows = self.statements.all(abandoned)
        return tuple(TransactionId(row[transactions.c.id]) for row in rows)

    def untried_since(self, before: datetime, limit: int) -> tuple[TransactionId, ...]:
        rows = self.statements.all(_UNTRIED, {"before": before, "limit": limit})
        return tuple(TransactionId(row[transactions.c.id]) for row in rows)

    def story(self, transaction_id: TransactionId) -> tuple[StoryEvent, ...]:
        return story_of(self.statements, transaction_id)

    def _found(self, statement: Executable, transaction_id: TransactionId) -> Transaction:
        row = self.statements.first(statement, {"id": transaction_id})
        if row is None:
            raise TransactionNotFound
        return transaction_of(row)

    def find_order(self, partner_id: PartnerId, partner_reference: str) -> Transaction | None:
        asked = {"partner_id": partner_id, "partner_reference": partner_reference}
        row = self.statements.first(_FIND_ORDER, asked)
        return None if row is None else transaction_of(row)

    def order(self, partner_id: PartnerId, reference: str) -> Transaction:
        asked = {"partner_id": partner_id, "reference": reference}
        row = self.statements.first(_ORDER, asked)
        if row is None:
            raise ReferenceNotFound
        return transaction_of(row)


def _view_of(row: RowMapping) -> TransactionView:
    return TransactionView(
        transaction_of(row), row[users.c.username], row[offers.c.code], row[partners.c.name]
    )


def _conditions(query: TransactionQuery) -> Iterator[ColumnElement[bool]]:
    if query.user_id is not None:
        yield transactions.c.user_id == query.user_id
    if query.status is not None:
        yield transactions.c.status == query.status
    if query.kind is not None:
        yield transactions.c.kind == query.kind
    if query.created_from is not None:
        yield transactions.c.created_at >= query.created_from
    if query.created_to is not None:
        yield transactions.c.created_at < query.created_to
    yield from _operators_conditions(query)


def _operators_conditions(query: TransactionQuery) -> Iterator[ColumnElement[bool]]:
    if query.partner_id is not None:
        yield transactions.c.partner_id == query.partner_id
    if query.reference is not None:
        yield transactions.c.reference == query.reference
    if query.partner_reference is not None:
        yield transactions.c.partner_reference == query.partner_reference
    if query.attention_required is not None:
        flagged = transactions.c.attention_reason
        yield flagged.is_not(None) if query.attention_required else flagged.is_(None)
