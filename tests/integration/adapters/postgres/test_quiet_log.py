"""Whatever the database refuses, neither its log nor ours holds what the statement did.

Every refusal is provoked through the production engine, with secrets and personal data in the
statement, and logged by each edge that logs errors.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, select, text

from offers.adapters.postgres.machinery.engine import make_engine
from offers.adapters.postgres.machinery.failures import translated
from offers.adapters.postgres.store import PostgresStore
from offers.adapters.postgres.tables import metadata, partners, users
from offers.domain.errors.customers import UsernameTaken
from offers.domain.errors.lists import InvalidCursor
from offers.domain.ids import UserId
from offers.domain.webhook import WebhookEndpoint
from offers.ports.pages import PageRequest
from offers.ports.store.offers import OfferQuery
from offers_migrations.quiet_log import TalkativeServer
from offers_migrations.upgrade import upgrade
from tests.factories import a_customer, an_account, new_id
from tests.integration.adapters.postgres.seeded import (
    EMAIL,
    HASH,
    SECRET,
    USERNAME,
    Logs,
    a_row,
    at_every_edge,
)
from tests.partner_factories import a_credit_account, a_partner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine, Table

pytestmark = pytest.mark.integration


@pytest.fixture
def logs(engine: Engine, caplog: pytest.LogCaptureFixture) -> Logs:
    caplog.set_level("INFO")
    with engine.connect() as connection:
        folder = connection.exec_driver_sql("SHOW data_directory").scalar_one()
    return Logs(Path(folder) / "log", caplog)


def execute(engine: Engine, statement: Any) -> None:
    with engine.connect() as connection, translated():
        connection.execute(statement)


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=str)
def test_a_row_that_a_table_refuses(engine: Engine, logs: Logs, table: Table) -> None:
    row = a_row(table)
    with suppress(Exception):
        execute(engine, insert(table).values(row))  # a table without rules takes it once
    at_every_edge(lambda: execute(engine, insert(table).values(row)))

    assert "ERROR" in logs.server
    logs.assert_tell_nothing()


def unique_indexes(connection: Connection) -> list[tuple[str, str]]:
    rows = connection.execute(
        text(
            "SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i"
            " JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE i.indisunique AND n.nspname = 'public' AND c.relname <> 'alembic_version'"
        )
    )
    return [(row[0], row[1]) for row in rows]


def test_a_row_that_is_there_already_for_every_unique_key(engine: Engine, logs: Logs) -> None:
    """On copies of the tables without their other rules, since one refusal would hide the next."""
    with engine.connect() as connection:
        indexes = unique_indexes(connection)
        assert {name for name, _ in indexes} == {table.name for table in metadata.sorted_tables}
        for number, (name, definition) in enumerate(indexes):
            copy = f"copy_{number}"
            connection.exec_driver_sql(f"CREATE TABLE {copy} (LIKE {name} INCLUDING IDENTITY)")
            keys = re.sub(r" WHERE .*", "", definition).replace(f"public.{name} ", f"{copy} ")
            connection.exec_driver_sql(re.sub(r"INDEX \S+ ON", "INDEX ON", keys))
            table = metadata.tables[name].to_metadata(type(metadata)(), name=copy)
            if "sequence" not in keys:  # that one the database counts itself
                row = a_row(table)
                connection.execute(insert(table).values(row))
                at_every_edge(lambda t=table, r=row: execute(engine, insert(t).values(r)))  # type: ignore[misc]

    assert logs.server.count("duplicate key value") == 3 * (len(indexes) - 1)
    logs.assert_tell_nothing()


def test_a_name_that_is_taken(store: PostgresStore, logs: Logs) -> None:
    user = a_customer(username=USERNAME, email=EMAIL, password_hash=HASH)
    with store.unit_of_work() as work:
        work.users.add(user, an_account(user))

    def register() -> None:
        again = replace(user, id=UserId(new_id()))
        with store.unit_of_work() as work:
            work.users.add(again, an_account(again))

    with pytest.raises(UsernameTaken):
        register()
    at_every_edge(register)
    assert "users_username_key" in logs.server
    logs.assert_tell_nothing()


@pytest.mark.parametrize("limit", ["lock_timeout", "statement_timeout"])
def test_a_partner_that_another_holds(database_url: str, logs: Logs, limit: str) -> None:
    engine = make_engine(database_url)
    store = PostgresStore(engine)
    partner = a_partner(
        contact_email=EMAIL, webhook=WebhookEndpoint("https://private.net/", SECRET)
    )
    with store.unit_of_work() as work:
        work.partners.add(partner, a_credit_account(partner))
    with engine.connect() as connection:
        database = connection.engine.url.database
        connection.exec_driver_sql(f"ALTER DATABASE {database} SET {limit} = '100ms'")
    engine.dispose()

    def save() -> None:
        with store.unit_of_work() as work:
            moved = WebhookEndpoint("https://private.net/new", SECRET + "2")
            work.partners.save(replace(partner, webhook=moved), partner)

    with engine.begin() as holder:
        holder.exec_driver_sql("BEGIN")
        holder.execute(select(partners).with_for_update())
        at_every_edge(save)
        holder.exec_driver_sql("ROLLBACK")
    engine.dispose()
    assert limit.replace("_", " ") in logs.server
    logs.assert_tell_nothing()


@pytest.mark.parametrize(
    "statement",
    [
        select(text(f"CAST('{SECRET}' AS integer)")),
        select(text(f"'{EMAIL}' FROM nowhere")),
        users.update().values(email=EMAIL, role=EMAIL),
    ],
    ids=["value", "table", "check"],
)
def test_our_log_quotes_no_values(engine: Engine, logs: Logs, seed: Any, statement: Any) -> None:
    """The database's own first line may quote a value that it cannot read: nothing that comes from
    outside gets so far."""
    seed.a_customer()
    at_every_edge(lambda: execute(engine, statement))
    assert SECRET not in re.sub(r"\[SQL: .*", "", logs.ours)
    assert EMAIL not in re.sub(r"\[SQL: .*", "", logs.ours)
    assert "STATEMENT" not in logs.server
    assert "DETAIL" not in logs.server


def test_a_damaged_cursor(store: PostgresStore, logs: Logs) -> None:
    def list_offers() -> None:
        position = ("offers:name", SECRET, EMAIL)
        with store.reading() as reading:
            reading.offers.page(OfferQuery(sort="name"), PageRequest(after=position))

    with pytest.raises(InvalidCursor):
        list_offers()
    at_every_edge(list_offers)
    logs.assert_tell_nothing()


@pytest.fixture
def talkative(database_url: str) -> Iterator[Connection]:
    """A connection whose settings a test may spoil."""
    engine = make_engine(database_url)
    with engine.connect() as connection:
        yield connection
        connection.invalidate()
    engine.dispose()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log_min_error_statement", "error"),
        ("log_error_verbosity", "default"),
        ("log_parameter_max_length_on_error", "-1"),
        ("log_parameter_max_length", "-1"),
        ("log_min_messages", "debug2"),
        ("log_statement", "ddl"),
        ("log_min_duration_statement", "1000"),
        ("log_min_duration_sample", "1000"),
        ("log_transaction_sample_rate", "0.5"),
        ("debug_print_parse", "on"),
        ("debug_print_rewritten", "on"),
        ("debug_print_plan", "on"),
    ],
)
def test_migrating_refuses_a_server_that_writes_values_down(
    talkative: Connection, name: str, value: str
) -> None:
    talkative.exec_driver_sql(f"SET {name} = '{value}'")
    talkative.commit()

    with pytest.raises(TalkativeServer, match=name):
        upgrade(talkative)
