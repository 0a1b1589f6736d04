"""Brings a database to the newest revision."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ADVISORY_LOCK = 7_020_611  # any constant: makes two migrations at once wait for each other


def upgrade(connection: Connection) -> str:
    """Apply what is missing, alone; return the revision the database is at now."""
    connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _ADVISORY_LOCK})
    connection.commit()
    try:
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
        return MigrationContext.configure(connection).get_current_revision() or "base"
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ADVISORY_LOCK})
        connection.commit()
