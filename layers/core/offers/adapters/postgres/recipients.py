"""Who may be written to, in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select, update

from offers.adapters.postgres.tables import users
from offers.adapters.postgres.users import user_of
from offers.domain.user import EmailStatus

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from offers.adapters.postgres.statements import Statements
    from offers.domain.ids import UserId
    from offers.domain.user import User

_BY_TOKEN = select(users).where(users.c.unsubscribe_token == bindparam("token"))
_SET_REMINDERS = (
    update(users)
    .where(users.c.id == bindparam("user_id"))
    .values(reminders_off_at=bindparam("off_at", type_=users.c.reminders_off_at.type))
)
_MARK = (
    update(users)
    .where(func.lower(users.c.email) == func.lower(bindparam("address", type_=users.c.email.type)))
    .where(users.c.email_status != EmailStatus.COMPLAINED)
    .values(email_status=bindparam("mark"))
)


@dataclass(frozen=True, slots=True)
class PostgresRecipients:
    """Keeps the promises of offers.ports.lifecycle.Recipients."""

    statements: Statements

    def find_by_unsubscribe_token(self, token: UUID) -> User | None:
        row = self.statements.first(_BY_TOKEN, {"token": token})
        return None if row is None else user_of(row)

    def set_reminders(self, user_id: UserId, *, wanted: bool, at: datetime) -> None:
        off_at = None if wanted else at
        self.statements.later(_SET_REMINDERS, {"user_id": user_id, "off_at": off_at})

    def mark_address(self, address: str, status: EmailStatus) -> int:
        return self.statements.run(_MARK, {"address": address, "mark": status}).rowcount
