"""Brings a database to the newest revision."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from offers_migrations import application_role
from offers_migrations.quiet_log import require_quiet_log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_ADVISORY_LOCK = 7_020_611  # any constant: makes two migrations at once wait for each other


def upgrade(
    connection: Connection, role: str = application_role.ROLE, password: str | None = None
) -> str:
    """Apply what is missing, alone and each revision whole or not at all; then give the
    application's ``role`` its rights, and its ``password`` if there is one.

    A database that is ahead of this code, which is being rolled back, stays as it is: revisions
    only add what older code does not mind (ADR 0122).

    Returns the revision the database is at now. Raises TalkativeServer, before anything is changed,
    on a server whose log would hold personal data.
    """
    connection.execution_options(isolation_level="READ COMMITTED")  # also on an autocommit engine
    require_quiet_log(connection)
    with _alone(connection):
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent))
        config.attributes["connection"] = connection
        if _knows(config, _revision(connection)):
            command.upgrade(config, "head")
            connection.commit()
        application_role.grant(connection, role, password)
        return _revision(connection) or "base"


def _revision(connection: Connection) -> str | None:
    found = MigrationContext.configure(connection).get_current_revision()
    connection.rollback()
    return found


def _knows(config: Config, revision: str | None) -> bool:
    scripts = ScriptDirectory.from_config(config)
    return revision is None or revision in {each.revision for each in scripts.walk_revisions()}


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
