"""Users in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, insert, or_, select, update

from offers.adapters.postgres.ledger.accounts import account_of, account_values
from offers.adapters.postgres.machinery.keyset import Keyset
from offers.adapters.postgres.tables import accounts, users
from offers.domain.errors.customers import UserNotFound
from offers.domain.ids import UserId
from offers.domain.sign_in import sign_in_name
from offers.domain.user import EmailStatus, Role, User
from offers.ports.store.users import UserView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, RowMapping

    from offers.adapters.postgres.machinery.statements import Statements
    from offers.domain.account import Account
    from offers.ports.pages import Page, PageRequest
    from offers.ports.store.users import UserQuery


_GET = select(users).where(users.c.id == bindparam("id"))
_SAVE_PASSWORD = update(users).where(users.c.id == bindparam("user_id"))
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
_BY_TOKEN = select(users).where(users.c.unsubscribe_token == bindparam("token"))
_SET_REMINDERS = (
    update(users)
    .where(users.c.id == bindparam("user_id"))
    .values(reminders_off_at=bindparam("off_at", type_=users.c.reminders_off_at.type))
)
_WITH_ADDRESS = (
    select(users)
    .where(func.lower(users.c.email) == func.lower(bindparam("address", type_=users.c.email.type)))
    .order_by(users.c.id)
)
_MARK = (
    update(users)
    .where(func.lower(users.c.email) == func.lower(bindparam("address", type_=users.c.email.type)))
    .where(users.c.email_status != EmailStatus.COMPLAINED)
    .values(email_status=bindparam("mark"))
)


@dataclass(frozen=True, slots=True)
class PostgresUsers:
    """Keeps the promises of offers.ports.store.users.Users."""

    statements: Statements

    def get(self, user_id: UserId) -> User:
        row = self.statements.first(_GET, {"id": user_id})
        if row is None:
            raise UserNotFound
        return user_of(row)

    def with_address(self, address: str, limit: int) -> tuple[User, ...]:
        found = self.statements.all(_WITH_ADDRESS.limit(limit), {"address": address})
        return tuple(map(user_of, found))

    def change_password(self, user_id: UserId, password_hash: str, version: int) -> None:
        self.statements.later(
            _SAVE_PASSWORD.values(
                password_hash=bindparam("hash"), version=bindparam("next_version")
            ),
            {"user_id": user_id, "hash": password_hash, "next_version": version},
        )

    def save_password_hash(self, user_id: UserId, password_hash: str) -> None:
        self.statements.later(
            _SAVE_PASSWORD.values(password_hash=bindparam("hash")),
            {"user_id": user_id, "hash": password_hash},
        )

    def add(self, user: User, account: Account) -> None:
        self.statements.later(insert(users), _values(user))
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

    def page(self, query: UserQuery, request: PageRequest) -> Page[UserView]:
        matching = _VIEW.where(*_conditions(query))
        return _NEWEST.page(self.statements, matching, request, _view_of)

    def find_by_unsubscribe_token(self, token: UUID) -> User | None:
        row = self.statements.first(_BY_TOKEN, {"token": token})
        return None if row is None else user_of(row)

    def set_reminders(self, user_id: UserId, *, wanted: bool, at: datetime) -> None:
        off_at = None if wanted else at
        self.statements.later(_SET_REMINDERS, {"user_id": user_id, "off_at": off_at})

    def mark_address(self, address: str, status: EmailStatus) -> int:
        return self.statements.run(_MARK, {"address": address, "mark": status}).rowcount


def user_of(row: RowMapping) -> User:
    """The user that a row of the table describes."""
    return User(
        id=UserId(row[users.c.id]),
        username=row[users.c.username],
        email=row[users.c.email],
        first_name=row[users.c.first_name],
        last_name=row[users.c.last_name],
        locale=row[users.c.locale],
        time_zone=row[users.c.time_zone],
        role=Role(row[users.c.role]),
        password_hash=row[users.c.password_hash],
        is_active=row[users.c.is_active],
        created_at=row[users.c.created_at],
        email_status=EmailStatus(row[users.c.email_status]),
        reminders_off_at=row[users.c.reminders_off_at],
        unsubscribe_token=row[users.c.unsubscribe_token],
        version=row[users.c.version],
    )


def _values(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "username": user.username,
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "locale": user.locale,
        "time_zone": user.time_zone,
        "role": user.role,
        "password_hash": user.password_hash,
        "is_active": user.is_active,
        "created_at": user.created_at,
        "email_status": user.email_status,
        "reminders_off_at": user.reminders_off_at,
        "unsubscribe_token": user.unsubscribe_token,
        "version": user.version,
    }


def _conditions(query: UserQuery) -> Iterator[ColumnElement[bool]]:
    if query.username is not None:
        yield users.c.sign_in_name == sign_in_name(query.username)
    if query.role is not None:
        yield users.c.role == query.role
    if query.is_active is not None:
        yield users.c.is_active.is_(query.is_active)
    if query.search:
        texts = (users.c.first_name, users.c.last_name, users.c.email)
        name = users.c.sign_in_name.contains(sign_in_name(query.search), autoescape=True)
        yield or_(name, *(text.icontains(query.search, autoescape=True) for text in texts))


def _view_of(row: RowMapping) -> UserView:
    return UserView(user_of(row), account_of(row))
