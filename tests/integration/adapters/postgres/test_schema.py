"""The migrated schema, and the tables as the adapter sees them."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from offers.adapters.postgres.machinery.engine import make_engine
from offers.adapters.postgres.machinery.failures import RULES
from offers.adapters.postgres.tables import metadata
from offers_migrations import upgrade as migrations
from offers_migrations.upgrade import upgrade

if TYPE_CHECKING:
    from sqlalchemy import Engine

pytestmark = pytest.mark.integration

NEWEST = ScriptDirectory(str(Path(migrations.__file__).parent)).get_current_head()


_THEIR_OWN = ("remove_table",)  # a table that only operators and other statements read


def _is_column_or_table(_object: Any, name: str | None, kind: str, *_rest: Any) -> bool:
    """Constraints, indexes and Alembic's own table are the migrations' alone."""
    return kind in {"table", "column"} and name != "alembic_version"


def test_tables_and_columns_are_those_of_the_migrated_schema(engine: Engine) -> None:
    options = {"compare_type": True, "include_object": _is_column_or_table}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, metadata)

    ours = [each for each in differences if each[0] not in _THEIR_OWN]
    assert ours == []


def test_upgrading_again_changes_nothing(engine: Engine) -> None:
    with engine.connect() as connection:
        assert upgrade(connection) == NEWEST


@pytest.fixture
def empty_url(postgres_server: str) -> Any:
    """A database without any schema."""
    from tests import servers

    engine = make_engine(postgres_server)
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS not_migrated WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE not_migrated"))
    yield servers.database_url(postgres_server, "not_migrated")
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE not_migrated WITH (FORCE)"))
    engine.dispose()


def test_two_migrations_at_once_wait_for_each_other(empty_url: str) -> None:
    engine = make_engine(empty_url)
    revisions: list[str] = []

    def migrate() -> None:
        with engine.connect() as connection:
            revisions.append(upgrade(connection))

    threads = [threading.Thread(target=migrate) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()

    assert revisions == [NEWEST, NEWEST]


def test_a_migration_that_fails_leaves_nothing(empty_url: str) -> None:
    engine = make_engine(empty_url)
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE audit_events ()"))  # in the way of the first revision
        connection.commit()
        with pytest.raises(Exception, match="audit_events"):
            upgrade(connection)
    with engine.connect() as connection:
        left = connection.execute(text("SELECT to_regclass('users')")).scalar_one()
    engine.dispose()

    assert left is None


def test_time_limits_are_settings_of_the_database(empty_url: str) -> None:
    engine = make_engine(empty_url)
    with engine.connect() as connection:
        upgrade(connection)
    engine.dispose()
    with engine.connect() as connection:
        limits = [
            connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        ]
    engine.dispose()

    assert limits == ["1min", "4s", "30s"]


def test_every_constraint_that_is_a_rule_exists(engine: Engine) -> None:
    known = text("SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes")
    with engine.connect() as connection:
        names = set(connection.execute(known).scalars())

    assert RULES.keys() <= names
