"""Idempotency keys in PostgreSQL."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from offers.adapters.postgres.machinery.compiled import compiled
from offers.adapters.postgres.machinery.pruning import delete_oldest
from offers.adapters.postgres.tables import idempotency_keys as keys
from offers.domain.errors.activation import IdempotencyInProgress, IdempotencyKeyReused

if TYPE_CHECKING:
    from datetime import datetime

    from offers.adapters.postgres.machinery.statements import Statements
    from offers.domain.idempotency import IdempotencyKey

_PAUSES_SECONDS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.5)
"""How long to wait between looks at a twin that is still running: about two seconds in all."""

# Who claims a key holds its advisory lock until its transaction ends, so a twin is noticed
# without waiting inside the database, where a bounded wait would need SET, which makes RDS Proxy
# pin the session.
_IS_ALONE = func.pg_try_advisory_xact_lock(
    func.hashtextextended(bindparam("lock_name", type_=keys.c.key.type), 0)
)
_CLAIM_NOW = (
    insert(keys)
    .from_select(
        ["caller", "key", "fingerprint", "result_id", "created_at"],
        select(
            bindparam("caller", type_=keys.c.caller.type),
            bindparam("key", type_=keys.c.key.type),
            bindparam("fingerprint", type_=keys.c.fingerprint.type),
            bindparam("result_id", type_=Uuid()),
            bindparam("at", type_=keys.c.created_at.type),
        ).where(_IS_ALONE),
    )
    .on_conflict_do_nothing()
    .returning(keys.c.fingerprint, keys.c.result_id)
    .cte("claimed")
)
_CLAIM = compiled(
    select(_CLAIM_NOW.c.fingerprint, _CLAIM_NOW.c.result_id).union_all(
        select(keys.c.fingerprint, keys.c.result_id).where(
            keys.c.caller == bindparam("caller"), keys.c.key == bindparam("key")
        )
    )
)


@dataclass(frozen=True, slots=True)
class PostgresIdempotency:
    """Keeps the promises of offers.ports.store.idempotency.Idempotency."""

    statements: Statements

    def claimed_before(
        self, key: IdempotencyKey | None, result_id: UUID, at: datetime
    ) -> UUID | None:
        """One round trip, unless a twin is running."""
        if key is None:
            return None
        parameters = {
            "caller": key.caller,
            "key": key.key,
            "fingerprint": key.fingerprint,
            "result_id": result_id,
            "at": at,
            "lock_name": f"idempotency {key.caller} {key.key}",
        }
        for pause in (*_PAUSES_SECONDS, None):
            row = self.statements.first(_CLAIM, parameters)
            if row is not None:
                if row["fingerprint"] != key.fingerprint:
                    raise IdempotencyKeyReused
                bound = UUID(int=row["result_id"].int)
                return None if bound == result_id else bound
            if pause is not None:
                time.sleep(pause)
        raise IdempotencyInProgress

    def delete_before(self, before: datetime, limit: int) -> int:
        return delete_oldest(self.statements, keys, keys.c.created_at, before, limit)
