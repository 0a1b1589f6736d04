"""Forgetting old rows a few at a time: no sweep holds many locks or grows with the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, tuple_

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Column, Table

    from offers.adapters.postgres.machinery.statements import Statements


def delete_oldest(
    statements: Statements, table: Table, column: Column[Any], before: datetime, limit: int
) -> int:
    """Delete at most ``limit`` rows whose ``column`` lies before ``before``, oldest first; how
    many went.

    Rows that another sweep or a running request holds are left for the next time.
    """
    key = tuple(table.primary_key)
    oldest = (
        select(*key)
        .where(column < before)
        .order_by(column)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("oldest")  # evaluated once; a plain subquery with LIMIT might be run again
    )
    return statements.run(delete(table).where(tuple_(*key).in_(select(*oldest.c)))).rowcount
