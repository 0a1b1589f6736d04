"""The outbox in PostgreSQL."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select, update

from offers.adapters.postgres.tables import outbox
from offers.domain.ids import OutboxMessageId
from offers.domain.outbox import OutboxMessage
from offers.domain.waiting import DISPATCH_GRACE
from offers.ports import message_codec
from offers.ports.message_codec import UnreadableMessage

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import RowMapping

    from offers.adapters.postgres.machinery.statements import Statements

logger = logging.getLogger(__name__)

_LONGEST_ERROR = 500

_DUE = (
    select(outbox.c.id)
    .where(outbox.c.dispatch_after <= bindparam("at"))
    .order_by(outbox.c.dispatch_after, outbox.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
    .cte("due")  # evaluated once; a plain subquery with LIMIT might be run again
)
_TAKE_DUE = (
    update(outbox)
    .where(outbox.c.id.in_(select(_DUE.c.id)))
    .values(attempts=outbox.c.attempts + 1, dispatch_after=bindparam("until"))
    .returning(outbox)
)
_DELETE = delete(outbox).where(outbox.c.id.in_(bindparam("ids", expanding=True)))
_POSTPONE = (
    update(outbox)
    .where(outbox.c.id == bindparam("message_id"))
    .values(dispatch_after=bindparam("until"), last_error=bindparam("error"))
)


@dataclass(frozen=True, slots=True)
class PostgresOutbox:
    """Keeps the promises of offers.ports.store.outbox.Outbox."""

    statements: Statements

    def add(self, message: OutboxMessage) -> None:
        self.statements.later(
            insert(outbox),
            {
                "id": message.id,
                "topic": message.topic,
                "payload": message_codec.write(message.content),
                "transaction_id": message.transaction_id,
                "created_at": message.created_at,
                "deliver_at": message.deliver_at,
                "dispatch_after": message.deliver_at + DISPATCH_GRACE,
                "attempts": message.attempts,
            },
        )

    def take_due(self, at: datetime, limit: int, until: datetime) -> tuple[OutboxMessage, ...]:
        rows = self.statements.all(_TAKE_DUE, {"at": at, "limit": limit, "until": until})
        messages = filter(None, map(_message_of, rows))
        return tuple(sorted(messages, key=lambda each: (each.deliver_at, each.id)))

    def delete(self, messages: tuple[OutboxMessage, ...]) -> None:
        if messages:
            self.statements.later(_DELETE, {"ids": [message.id for message in messages]})

    def postpone(self, message: OutboxMessage, until: datetime, error: str) -> None:
        self.statements.later(
            _POSTPONE,
            {"message_id": message.id, "until": until, "error": error[:_LONGEST_ERROR]},
        )


def _message_of(row: RowMapping) -> OutboxMessage | None:
    """None for one that this code cannot read, as during a deployment of what writes it: it stays,
    is told of, and holds up no other.
    """
    try:
        content = message_codec.read_outgoing(row[outbox.c.payload])
    except UnreadableMessage:
        logger.exception("left in the outbox", extra={"message_id": str(row[outbox.c.id])})
        return None
    return OutboxMessage(
        id=OutboxMessageId(row[outbox.c.id]),
        content=content,
        created_at=row[outbox.c.created_at],
        deliver_at=row[outbox.c.deliver_at],
        transaction_id=row[outbox.c.transaction_id],
        attempts=row[outbox.c.attempts],
    )
