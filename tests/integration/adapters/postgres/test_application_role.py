"""The application's role changes rows and nothing else; a changed password costs it nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, exc, text
from sqlalchemy.pool import NullPool

from offers.adapters.postgres.machinery.engine import make_engine
from offers.adapters.postgres.store import PostgresStore
from offers.adapters.secrets.credentials import Credentials
from offers_migrations.application_role import ROLE
from offers_migrations.upgrade import upgrade
from tests.seed import Seed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from tests.conftest import NewDatabase

pytestmark = pytest.mark.integration

ASKS_FOR_PASSWORDS = f"local all {ROLE} scram-sha-256\n"


def as_application(url: str) -> str:
    return url.replace("//postgres:@", f"//{ROLE}@").replace("//postgres@", f"//{ROLE}@")


@pytest.fixture(scope="module")
def application(new_database: NewDatabase) -> Iterator[Engine]:
    """A database with one purchase in it, made by the role itself."""
    with new_database() as url:
        engine = make_engine(as_application(url))
        seed = Seed(engine, PostgresStore(engine))
        seed.a_purchase(seed.a_customer("100.00"), seed.an_offer())
        yield engine
        engine.dispose()


def test_it_is_not_the_owner(application: Engine) -> None:
    with application.connect() as connection:
        assert connection.exec_driver_sql("SELECT current_user").scalar_one() == ROLE


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER ledger_entries_append_only ON ledger_entries",
        "ALTER TABLE ledger_entries DISABLE TRIGGER ALL",
        "ALTER TABLE accounts ADD COLUMN more text",
        "ALTER TABLE accounts DROP CONSTRAINT accounts_pkey",
        "DROP TABLE outbox",
        "CREATE TABLE mine ()",
        "CREATE OR REPLACE FUNCTION forbid_change() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
        "DROP FUNCTION check_balance() CASCADE",
        "DELETE FROM ledger_entries",
        "UPDATE ledger_entries SET amount_minor = 0",
        "TRUNCATE ledger_entries",
        "DELETE FROM audit_events",
        "UPDATE transaction_versions SET version = 0",
        "DELETE FROM transactions",
        "DELETE FROM accounts",
        "UPDATE alembic_version SET version_num = '0000'",
        "SET session_replication_role = replica",
        "CREATE ROLE another",
        "SET ROLE postgres",
    ],
)
def test_it_may_not(application: Engine, statement: str) -> None:
    with application.connect() as connection, pytest.raises(exc.DBAPIError) as refused:
        connection.exec_driver_sql(statement)

    assert getattr(refused.value.orig, "pgcode", None) == "42501"  # insufficient_privilege


def test_tables_to_come_need_no_grant_of_their_own(database_url: str) -> None:
    owner = make_engine(database_url)
    with owner.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE to_come (id int)")
        connection.rollback()  # the engine is in autocommit
        upgrade(connection)
    owner.dispose()
    engine = make_engine(as_application(database_url))
    with engine.connect() as connection:
        connection.exec_driver_sql("INSERT INTO to_come VALUES (1)")
    engine.dispose()


def test_a_database_that_is_ahead_of_the_code_stays_as_it_is(database_url: str) -> None:
    """A deployment that is rolled back runs the older code's migration."""
    owner = make_engine(database_url)
    with owner.connect() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'from_the_future'")
        connection.rollback()  # the engine is in autocommit
        assert upgrade(connection) == "from_the_future"
    owner.dispose()


@pytest.fixture
def strict_url(postgres_server: str, database_url: str) -> Iterator[str]:
    """A database that wants the role's password; the server trusts everybody else."""
    admin = create_engine(
        postgres_server.replace("postgresql://", "postgresql+psycopg2://"),
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
    )
    with admin.connect() as connection:
        file = Path(connection.exec_driver_sql("SHOW hba_file").scalar_one())
        before = file.read_text("utf-8")
        file.write_text(ASKS_FOR_PASSWORDS + before, "utf-8")
        connection.execute(text("SELECT pg_reload_conf()"))
        yield database_url
        file.write_text(before, "utf-8")
        connection.execute(text("SELECT pg_reload_conf()"))


def change_password(url: str, password: str) -> None:
    owner = make_engine(url)
    with owner.connect() as connection:
        upgrade(connection, ROLE, password)
    owner.dispose()


def test_migrating_gives_it_the_password_of_its_secret(strict_url: str) -> None:
    change_password(strict_url, "s3cret%s'")
    engine = make_engine(as_application(strict_url), lambda **_: Credentials(ROLE, "s3cret%s'"))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar_one() == 1
    engine.dispose()


def test_a_password_that_was_changed_costs_no_request(strict_url: str) -> None:
    known = ["old"]
    change_password(strict_url, "new")
    asked: list[bool] = []

    def credentials(*, fresh: bool = False) -> Credentials:
        asked.append(fresh)
        if fresh:
            known[0] = "new"
        return Credentials(ROLE, known[0])

    engine = make_engine(as_application(strict_url), credentials)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar_one() == 1
    engine.dispose()

    assert asked == [False, True]


def test_a_password_that_stays_wrong_is_asked_for_twice_and_refused(strict_url: str) -> None:
    change_password(strict_url, "new")
    asked: list[bool] = []

    def credentials(*, fresh: bool = False) -> Credentials:
        asked.append(fresh)
        return Credentials(ROLE, "wrong")

    engine = make_engine(as_application(strict_url), credentials)
    with pytest.raises(exc.OperationalError):
        engine.connect()
    engine.dispose()

    assert asked == [False, True]


def test_a_server_that_is_away_is_no_reason_to_ask_again() -> None:
    asked: list[bool] = []

    def credentials(*, fresh: bool = False) -> Credentials:
        asked.append(fresh)
        return Credentials(ROLE, "secret")

    engine = make_engine("postgresql://127.0.0.1:1/offers", credentials)
    with pytest.raises(exc.OperationalError):
        engine.connect()

    assert asked == [False]
