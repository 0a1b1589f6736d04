"""What a stack that was killed held when it ended, given free.

Elsewhere a claim ends with its lease and a message that was being sent with its grace, since its
holder may still be at work. Here nobody is: a folder belongs to one stack, which has just started,
and what a killed one left running has been ended.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import psycopg2

if TYPE_CHECKING:
    from datetime import datetime

END_CLAIMS = """
UPDATE transactions
   SET lease_until = NULL, version = version + 1, updated_at = greatest(updated_at, %(now)s)
 WHERE lease_until IS NOT NULL
"""
END_SENDING = """
UPDATE outbox
   SET dispatch_after = least(dispatch_after, greatest(deliver_at, %(now)s))
"""


def give_free(database_uri: str, now: datetime) -> None:
    """``now`` is the stack's. Nobody may be at work yet."""
    with (
        closing(psycopg2.connect(database_uri)) as connection,
        connection,
        connection.cursor() as cursor,
    ):
        for statement in (END_CLAIMS, END_SENDING):
            cursor.execute(statement, {"now": now})
