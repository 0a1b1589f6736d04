"""Links that reset passwords, in PostgreSQL."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert

from offers.adapters.postgres.machinery.pruning import delete_oldest
from offers.adapters.postgres.tables import password_resets
from offers.domain.errors.sessions import ResetLinkInvalid
from offers.domain.ids import UserId

if TYPE_CHECKING:
    from datetime import datetime

    from offers.adapters.postgres.machinery.statements import Statements
    from offers.domain.password_reset import PasswordReset

_TAKE = (
    delete(password_resets)
    .where(password_resets.c.token_hash == bindparam("hash"))
    .where(password_resets.c.expires_at > bindparam("at"))
    .returning(password_resets.c.user_id)
)
_DISCARD = delete(password_resets).where(password_resets.c.user_id == bindparam("owner"))


@dataclass(frozen=True, slots=True)
class PostgresPasswordResets:
    """Keeps the promises of offers.ports.store.password_resets.PasswordResets."""

    statements: Statements

    def add(self, reset: PasswordReset) -> None:
        self.statements.later(insert(password_resets), asdict(reset))

    def take(self, token_hash: bytes, at: datetime) -> UserId:
        row = self.statements.first(_TAKE, {"hash": token_hash, "at": at})
        if row is None:
            raise ResetLinkInvalid
        return UserId(row[password_resets.c.user_id])

    def discard_all(self, user_id: UserId) -> None:
        self.statements.later(_DISCARD, {"owner": user_id})

    def delete_expired(self, before: datetime, limit: int) -> int:
        expires_at = password_resets.c.expires_at
        return delete_oldest(self.statements, password_resets, expires_at, before, limit)
