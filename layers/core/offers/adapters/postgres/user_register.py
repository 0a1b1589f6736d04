"""Users as administrators keep them, in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, insert, or_, select, update

from offers.adapters.postgres.accounts import account_of
from offers.adapters.postgres.keyset import Keyset
from offers.adapters.postgres.tables import accounts, refresh_tokens, users
from offers.adapters.postgres.users import user_of
from offers.domain.errors import UserNotFound
from offers.domain.user import Role
from offers.ports.administration import UserView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement, RowMapping

    from offers.adapters.postgres.statements import Statements
    from offers.domain.account import Account
    from offers.domain.ids import UserId
    from offers.domain.user import User
    from offers.ports.administration import UserQuery
    from offers.ports.pages import Page, PageRequest

_NEWEST = Keyset("users", (users.c.id,), is_descending=True)
_VIEW = select(users, accounts).join(accounts, accounts.c.user_id == users.c.id)
_LOCK = _VIEW.where(users.c.id == bindparam("id")).with_for_update(key_share=True, of=users)
_LOCK_ADMINISTRATORS = (
    select(users.c.id)
    .where(users.c.role == Role.ADMIN, users.c.is_active)
    .order_by(users.c.id)  # one order for all, so that two cannot wait for each other
    .with_for_update(key_share=True)
)
_SAVE_ACTIVE = (
    update(users)
    .where(users.c.id == bindparam("user_id"))
    .values(is_active=bindparam("active"), version=bindparam("next_version"))
)
_END_SESSIONS = (
    update(refresh_tokens)
    .where(refresh_tokens.c.user_id == bindparam("owner"))
    .where(refresh_tokens.c.revoked_at.is_(None))
    .values(revoked_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class PostgresUserRegister:
    """Keeps the promises of offers.ports.administration.UserRegister."""

    statements: Statements

    def add(self, user: User, account: Account) -> None:
        values = {name: getattr(user, name) for name in map(str, users.c.keys())}
        self.statements.later(insert(users), values)
        self.statements.later(insert(accounts), account_values(account))

    def lock(self, user_id: UserId) -> UserView:
        row = self.statements.first(_LOCK, {"id": user_id})
        if row is None:
            raise UserNotFound
        return _view_of(row)

    def lock_administrators(self) -> None:
        self.statements.later(_LOCK_ADMINISTRATORS)

    def save_active(self, user: User) -> None:
        self.statements.later(
            _SAVE_ACTIVE,
            {"user_id": user.id, "active": user.is_active, "next_version": user.version},
        )

    def end_sessions(self, user_id: UserId, at: datetime) -> None:
        self.statements.later(_END_SESSIONS, {"owner": user_id, "at": at})

    def page(self, query: UserQuery, request: PageRequest) -> Page[UserView]:
        matching = _VIEW.where(*_conditions(query))
        return _NEWEST.page(self.statements, matching, request, _view_of)


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


def _conditions(query: UserQuery) -> Iterator[ColumnElement[bool]]:
    if query.username is not None:
        name = bindparam(None, query.username, type_=users.c.username.type)
        yield func.lower(users.c.username) == func.lower(name)
    if query.role is not None:
        yield users.c.role == query.role
    if query.is_active is not None:
        yield users.c.is_active.is_(query.is_active)
    if query.search:
        texts = (users.c.username, users.c.first_name, users.c.last_name, users.c.email)
        yield or_(*(text.icontains(query.search, autoescape=True) for text in texts))


def _view_of(row: RowMapping) -> UserView:
    return UserView(user_of(row), account_of(row))
