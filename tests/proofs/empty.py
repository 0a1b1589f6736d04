"""Empties a database between examples: faster than a new one, and past its append-only guards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.adapters.postgres.tables import metadata

if TYPE_CHECKING:
    from sqlalchemy import Engine


def empty(engine: Engine) -> None:
    """Forget all rows. Only a superuser may step around the triggers that forbid it."""
    tables = ", ".join(table.name for table in metadata.sorted_tables)
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "BEGIN; SET LOCAL session_replication_role = replica;"
            f" TRUNCATE {tables} CASCADE; COMMIT"
        )
