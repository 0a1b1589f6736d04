"""Brings a database to the newest revision."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from offers_migrations.quiet_log import require_quiet_log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_ADVISORY_LOCK = 7_020_611  # any constant: makes two migrations at once wait for each other


def upgrade(connection: Connection) -> str:
    """Apply what is missing, alone and each revision whole or not at all.

    Returns the revision the database is at now. Raises TalkativeServer, before anything is changed,
    on a server whose log would hold personal data.
    """
    connection.execution_options(isolation_level="READ COMMITTED")  # also on an autocommit engine
    require_quiet_log(connection)
    with _alone(connection):
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
        return MigrationContext.configure(connection).get_current_revision() or "base"


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """Hold the lock of migrations, without the time limits that requests have."""
    connection.execute(text("SET statement_timeout = 0"))
    connection.execute(text("SET lock_timeout = 0"))
    connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _ADVISORY_LOCK})
    connection.commit()
    try:
        yield
    finally:
        with suppress(SQLAlchemyError):  # a lost connection has let go of the lock by itself
            _let_go(connection)


def _let_go(connection: Connection) -> None:
    connection.rollback()
    connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ADVISORY_LOCK})
    connection.execute(text("RESET statement_timeout"))
    connection.execute(text("RESET lock_timeout"))
    connection.commit()
