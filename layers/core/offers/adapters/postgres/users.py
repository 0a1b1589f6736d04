"""Users in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select, update

from offers.adapters.postgres.tables import users
from offers.domain.errors import UserNotFound
from offers.domain.ids import UserId
from offers.domain.user import EmailStatus, Role, User

if TYPE_CHECKING:
    from sqlalchemy import RowMapping

    from offers.adapters.postgres.statements import Statements

_GET = select(users).where(users.c.id == bindparam("id"))
_BY_USERNAME = select(users).where(
    func.lower(users.c.username) == func.lower(bindparam("username", type_=users.c.username.type))
)
_SAVE_PASSWORD = update(users).where(users.c.id == bindparam("user_id"))


@dataclass(frozen=True, slots=True)
class PostgresUsers:
    """Keeps the promises of offers.ports.users.Users."""

    statements: Statements

    def get(self, user_id: UserId) -> User:
        row = self.statements.first(_GET, {"id": user_id})
        if row is None:
            raise UserNotFound
        return user_of(row)

    def find_by_username(self, username: str) -> User | None:
        row = self.statements.first(_BY_USERNAME, {"username": username})
        return None if row is None else user_of(row)

    def save_password_hash(self, user_id: UserId, password_hash: str) -> None:
        self.statements.later(
            _SAVE_PASSWORD.values(password_hash=bindparam("hash")),
            {"user_id": user_id, "hash": password_hash},
        )


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
