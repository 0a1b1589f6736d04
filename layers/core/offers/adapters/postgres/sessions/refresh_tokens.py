"""Refresh tokens in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select, update

from offers.adapters.postgres.machinery.pruning import delete_oldest
from offers.adapters.postgres.tables import refresh_tokens
from offers.domain.errors.sessions import InvalidToken
from offers.domain.ids import TokenFamilyId, UserId
from offers.domain.refresh_token import RefreshToken

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import RowMapping

    from offers.adapters.postgres.machinery.statements import Statements

_LOCK = (
    select(refresh_tokens).where(refresh_tokens.c.token_hash == bindparam("hash")).with_for_update()
)
_SPEND = (
    update(refresh_tokens)
    .where(refresh_tokens.c.token_hash == bindparam("hash"))
    .values(used_at=bindparam("used"), replaced_by=bindparam("successor"))
)
_REVOKE_FAMILY = (
    update(refresh_tokens)
    .where(refresh_tokens.c.family_id == bindparam("family"))
    .where(refresh_tokens.c.revoked_at.is_(None))
    .values(revoked_at=bindparam("at"))
)
_REVOKE_ALL = (
    update(refresh_tokens)
    .where(refresh_tokens.c.user_id == bindparam("owner"))
    .where(refresh_tokens.c.revoked_at.is_(None))
    .values(revoked_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class PostgresRefreshTokens:
    """Keeps the promises of offers.ports.store.sessions.RefreshTokens."""

    statements: Statements

    def lock(self, token_hash: bytes) -> RefreshToken:
        row = self.statements.first(_LOCK, {"hash": token_hash})
        if row is None:
            raise InvalidToken
        return _token_of(row)

    def add(self, token: RefreshToken) -> None:
        self.statements.later(
            insert(refresh_tokens),
            {
                "token_hash": token.token_hash,
                "family_id": token.family_id,
                "user_id": token.user_id,
                "created_at": token.created_at,
                "expires_at": token.expires_at,
                "used_at": token.used_at,
                "replaced_by": token.replaced_by,
                "revoked_at": token.revoked_at,
            },
        )

    def save(self, token: RefreshToken) -> None:
        self.statements.later(
            _SPEND,
            {"hash": token.token_hash, "used": token.used_at, "successor": token.replaced_by},
        )

    def revoke_family(self, family_id: TokenFamilyId, at: datetime) -> None:
        self.statements.later(_REVOKE_FAMILY, {"family": family_id, "at": at})

    def revoke_all(self, user_id: UserId, at: datetime) -> None:
        self.statements.later(_REVOKE_ALL, {"owner": user_id, "at": at})

    def delete_expired(self, before: datetime, limit: int) -> int:
        expires_at = refresh_tokens.c.expires_at
        return delete_oldest(self.statements, refresh_tokens, expires_at, before, limit)


def _token_of(row: RowMapping) -> RefreshToken:
    return RefreshToken(
        token_hash=bytes(row[refresh_tokens.c.token_hash]),
        family_id=TokenFamilyId(row[refresh_tokens.c.family_id]),
        user_id=UserId(row[refresh_tokens.c.user_id]),
        created_at=row[refresh_tokens.c.created_at],
        expires_at=row[refresh_tokens.c.expires_at],
        used_at=row[refresh_tokens.c.used_at],
        replaced_by=row[refresh_tokens.c.replaced_by],
        revoked_at=row[refresh_tokens.c.revoked_at],
    )
