"""Sessions and refresh tokens in PostgreSQL."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, exists, insert, select, update

from offers.adapters.postgres.customers.users import user_of
from offers.adapters.postgres.machinery.pruning import delete_oldest
from offers.adapters.postgres.tables import refresh_tokens, sessions, users
from offers.domain.errors.sessions import InvalidToken
from offers.domain.ids import SessionId, UserId
from offers.domain.refresh_token import RefreshToken
from offers.domain.session import Session
from offers.ports.store.sessions import Claimant, Presented

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import RowMapping

    from offers.adapters.postgres.machinery.statements import Statements

_CLAIMANT = select(
    users,
    exists()
    .where(sessions.c.user_id == users.c.id, sessions.c.place == bindparam("place"))
    .label("is_known"),
).where(users.c.sign_in_name == bindparam("name"))
# Both rows are held, so both are read again after waiting for another's commit; the session comes
# first, for whoever revokes it holds nothing else.
_PRESENT = (
    select(sessions, refresh_tokens, users)
    .join_from(sessions, refresh_tokens, refresh_tokens.c.family_id == sessions.c.id)
    .join(users, users.c.id == sessions.c.user_id)
    .where(refresh_tokens.c.token_hash == bindparam("hash"))
    .with_for_update(key_share=True, of=(sessions, refresh_tokens))
)
_SPEND = (
    update(refresh_tokens)
    .where(refresh_tokens.c.token_hash == bindparam("hash"))
    .values(used_at=bindparam("used"), replaced_by=bindparam("successor"))
)
_FIND_OWN = (
    select(sessions.c.id)
    .join(refresh_tokens, refresh_tokens.c.family_id == sessions.c.id)
    .where(refresh_tokens.c.token_hash == bindparam("hash"))
    .where(sessions.c.user_id == bindparam("owner"))
)
_REVOKE = update(sessions).where(sessions.c.revoked_at.is_(None)).values(revoked_at=bindparam("at"))
_REVOKE_THESE = _REVOKE.where(sessions.c.id.in_(bindparam("these", expanding=True)))
_REVOKE_ALL = _REVOKE.where(sessions.c.user_id == bindparam("owner")).returning(sessions.c.id)


@dataclass(frozen=True, slots=True)
class PostgresSessions:
    """Keeps the promises of offers.ports.store.sessions.Sessions."""

    statements: Statements

    def find_claimant(self, name: str, place: bytes) -> Claimant | None:
        row = self.statements.first(_CLAIMANT, {"name": name, "place": place})
        return None if row is None else Claimant(user_of(row), row["is_known"])

    def open(self, session: Session, first: RefreshToken) -> None:
        self.statements.later(insert(sessions), asdict(session))
        self.statements.later(insert(refresh_tokens), _token_values(first))

    def present(self, token_hash: bytes) -> Presented:
        row = self.statements.first(_PRESENT, {"hash": token_hash})
        if row is None:
            raise InvalidToken
        return Presented(_token_of(row), _session_of(row), user_of(row))

    def rotate(self, spent: RefreshToken, successor: RefreshToken) -> None:
        self.statements.later(
            _SPEND,
            {"hash": spent.token_hash, "used": spent.used_at, "successor": spent.replaced_by},
        )
        self.statements.later(insert(refresh_tokens), _token_values(successor))

    def find_own(self, token_hash: bytes, user_id: UserId) -> SessionId | None:
        row = self.statements.first(_FIND_OWN, {"hash": token_hash, "owner": user_id})
        return None if row is None else SessionId(row[sessions.c.id])

    def revoke(self, session_ids: Collection[SessionId], at: datetime) -> None:
        self.statements.later(_REVOKE_THESE, {"these": list(session_ids), "at": at})

    def revoke_all(
        self, user_id: UserId, at: datetime, but: SessionId | None = None
    ) -> tuple[SessionId, ...]:
        statement = _REVOKE_ALL if but is None else _REVOKE_ALL.where(sessions.c.id != but)
        ended = self.statements.all(statement, {"owner": user_id, "at": at})
        return tuple(SessionId(row[sessions.c.id]) for row in ended)

    def delete_expired_tokens(self, before: datetime, limit: int) -> int:
        expires_at = refresh_tokens.c.expires_at
        return delete_oldest(self.statements, refresh_tokens, expires_at, before, limit)

    def delete_ended(self, before: datetime, limit: int) -> int:
        return delete_oldest(self.statements, sessions, sessions.c.ends_at, before, limit)


def _token_of(row: RowMapping) -> RefreshToken:
    return RefreshToken(
        token_hash=bytes(row[refresh_tokens.c.token_hash]),
        session_id=SessionId(row[refresh_tokens.c.family_id]),
        user_id=UserId(row[refresh_tokens.c.user_id]),
        created_at=row[refresh_tokens.c.created_at],
        expires_at=row[refresh_tokens.c.expires_at],
        used_at=row[refresh_tokens.c.used_at],
        replaced_by=row[refresh_tokens.c.replaced_by],
    )


def _token_values(token: RefreshToken) -> dict[str, Any]:
    values = asdict(token)
    return values | {"family_id": values.pop("session_id")}


def _session_of(row: RowMapping) -> Session:
    return Session(
        id=SessionId(row[sessions.c.id]),
        user_id=UserId(row[sessions.c.user_id]),
        place=bytes(row[sessions.c.place]),
        created_at=row[sessions.c.created_at],
        ends_at=row[sessions.c.ends_at],
        revoked_at=row[sessions.c.revoked_at],
    )
