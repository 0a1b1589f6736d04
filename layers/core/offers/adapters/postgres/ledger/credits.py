"""Credits that wait for a second administrator, in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, func, insert, or_, select, update

from offers.adapters.postgres.machinery.keyset import Keyset
from offers.adapters.postgres.tables import accounts, credit_requests, users
from offers.domain.account import EntryKind
from offers.domain.credit import CreditRequest, CreditStatus
from offers.domain.errors.ledger import CreditRequestNotFound
from offers.domain.ids import AccountId, CreditRequestId
from offers.domain.money import Money

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, RowMapping

    from offers.adapters.postgres.machinery.statements import Statements
    from offers.ports.pages import Page, PageRequest

_it = credit_requests.c
_requester, _decider = users.alias("requester"), users.alias("decider")
_VIEW = (
    select(
        credit_requests,
        accounts.c.user_id,
        accounts.c.partner_id,
        _requester.c.username.label("requester"),
        _decider.c.username.label("decider"),
    )
    .join(accounts, accounts.c.id == _it.account_id)
    .join(_requester, _requester.c.id == _it.requested_by)
    .outerjoin(_decider, _decider.c.id == _it.decided_by)
)
_FIND = _VIEW.where(_it.id == bindparam("id"))
_LOCK = _FIND.with_for_update(of=credit_requests)
_now = bindparam("now", type_=_it.expires_at.type)
_IS_PENDING = and_(_it.status == CreditStatus.PENDING, _it.expires_at > _now)
_PENDING_UNDER = _VIEW.where(
    _IS_PENDING,
    func.upper(_it.external_reference.collate("C"))
    == func.upper(bindparam("reference", type_=_it.external_reference.type).collate("C")),
)
_EXPIRE = (
    update(credit_requests)
    .where(_it.status == CreditStatus.PENDING, _it.expires_at <= _now)
    .values(status=CreditStatus.EXPIRED)
)
_NEWEST = Keyset("credits", (_it.id,), is_descending=True)


@dataclass(frozen=True, slots=True)
class PostgresCredits:
    """Keeps the promises of offers.ports.store.credits.Credits."""

    statements: Statements

    def add(self, request: CreditRequest) -> None:
        self.statements.later(insert(credit_requests), _values(request))

    def find(self, request_id: UUID) -> CreditRequest | None:
        row = self.statements.first(_FIND, {"id": request_id})
        return None if row is None else _request_of(row)

    def lock(self, request_id: CreditRequestId) -> CreditRequest:
        row = self.statements.first(_LOCK, {"id": request_id})
        if row is None:
            raise CreditRequestNotFound
        return _request_of(row)

    def decide(self, request: CreditRequest) -> None:
        changed = update(credit_requests).where(_it.id == request.id)
        decided = ("status", "decided_by", "decided_at", "decision", "entry_id")
        self.statements.later(changed.values({n: getattr(request, n) for n in decided}))

    def expire(self, now: datetime) -> None:
        self.statements.later(_EXPIRE, {"now": now})

    def pending_under(self, external_reference: str, now: datetime) -> CreditRequest | None:
        parameters = {"reference": external_reference, "now": now}
        row = self.statements.first(_PENDING_UNDER, parameters)
        return None if row is None else _request_of(row)

    def page(
        self, status: CreditStatus | None, now: datetime, request: PageRequest
    ) -> Page[CreditRequest]:
        matching = _VIEW if status is None else _VIEW.where(_is(status, now))
        return _NEWEST.page(self.statements, matching, request, _request_of)


def _is(status: CreditStatus, now: datetime) -> ColumnElement[bool]:
    is_open = _it.status == CreditStatus.PENDING
    if status is CreditStatus.PENDING:
        return and_(is_open, _it.expires_at > now)
    if status is CreditStatus.EXPIRED:
        return or_(_it.status == status, and_(is_open, _it.expires_at <= now))
    return _it.status == status


def _values(request: CreditRequest) -> dict[str, Any]:
    same = (
        *("id", "account_id", "kind", "external_reference", "reason", "requested_by"),
        *("created_at", "expires_at", "status"),
    )
    values: dict[str, Any] = {name: getattr(request, name) for name in same}
    amount = request.amount
    return values | {"amount_minor": amount.amount_minor, "currency": amount.currency}


def _request_of(row: RowMapping) -> CreditRequest:
    return CreditRequest(
        id=CreditRequestId(row[_it.id]),
        account_id=AccountId(row[_it.account_id]),
        user_id=row[accounts.c.user_id],
        partner_id=row[accounts.c.partner_id],
        kind=EntryKind(row[_it.kind]),
        amount=Money(row[_it.amount_minor], row[_it.currency]),
        external_reference=row[_it.external_reference],
        reason=row[_it.reason],
        requested_by=row[_it.requested_by],
        created_at=row[_it.created_at],
        expires_at=row[_it.expires_at],
        status=CreditStatus(row[_it.status]),
        decided_by=row[_it.decided_by],
        decided_at=row[_it.decided_at],
        decision=row[_it.decision],
        entry_id=row[_it.entry_id],
        requester=row["requester"],
        decider=row["decider"],
    )
