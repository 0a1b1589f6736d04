"""What revision 0006 makes of users and sessions that are there already."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from offers.adapters.postgres.machinery.engine import make_engine
from offers.adapters.postgres.store import PostgresStore
from offers.domain.errors.sessions import InvalidToken
from offers.domain.ids import UserId
from offers_migrations import upgrade as migrations
from offers_migrations.upgrade import upgrade
from tests import servers
from tests.factories import NOW, a_refresh_token, a_session, new_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from sqlalchemy import Engine

    from tests.seed import Seed

pytestmark = pytest.mark.integration

_USER = """
INSERT INTO users (id, username, email, first_name, last_name, locale, time_zone, role,
                   password_hash, created_at)
VALUES (:id, :name, '', '', '', 'en', 'UTC', 'customer', '', :now)"""
_TOKEN = """
INSERT INTO refresh_tokens (token_hash, family_id, user_id, created_at, expires_at, revoked_at)
VALUES (:hash, :family, :user, :now, CAST(:now AS timestamptz) + interval '30 days', :revoked)"""


@pytest.fixture
def old(postgres_server: str) -> Iterator[Engine]:
    """A database at the revision before."""
    admin = make_engine(postgres_server)
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE before_sessions"))
    engine = make_engine(servers.database_url(postgres_server, "before_sessions"))
    with engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = connection.execution_options(
            isolation_level="READ COMMITTED"
        )
        command.upgrade(config, "0005")
        connection.commit()
    yield engine
    engine.dispose()
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE before_sessions WITH (FORCE)"))
    admin.dispose()


def insert_users(engine: Engine, *names: str) -> list[UUID]:
    users = {new_id(): name for name in names}
    with engine.begin() as connection:
        for user_id, name in users.items():
            connection.execute(text(_USER), {"id": user_id, "name": name, "now": NOW})
    return list(users)


def test_names_get_their_form_and_open_sessions_go_on(old: Engine) -> None:
    user_id, *_ = insert_users(old, "Ada", "Stra\u00dfe", "\uff22ob")
    with old.begin() as connection:
        for token, revoked in ((b"open", None), (b"ended", NOW)):
            values = {"hash": token, "family": new_id(), "user": user_id}
            connection.execute(text(_TOKEN), values | {"now": NOW, "revoked": revoked})

    with old.connect() as connection:
        upgrade(connection)

    with PostgresStore(old).unit_of_work() as work:
        for name in ("ada", "strasse", "bob"):
            assert work.sessions.find_claimant(name, b"") is not None
        shown = work.sessions.present(b"open")
        assert shown.user.id == UserId(user_id)
        shown.session.require_open(NOW)
        with pytest.raises(InvalidToken):
            work.sessions.present(b"ended").session.require_open(NOW)


def test_names_that_have_become_the_same_are_named(old: Engine) -> None:
    first, second, _ = insert_users(old, "bob", "\uff42ob", "ada")

    with old.connect() as connection, pytest.raises(Exception, match="'bob'") as refusal:
        upgrade(connection)
    assert str(first) in str(refusal.value)
    assert str(second) in str(refusal.value)

    with old.begin() as connection:
        renaming = text("UPDATE users SET username = 'bob2' WHERE id = :id")
        connection.execute(renaming, {"id": second})
    with old.connect() as connection:
        upgrade(connection)


def test_a_name_written_without_its_form_is_given_one(engine: Engine) -> None:
    (user_id,) = insert_users(engine, "\uff21da")
    with engine.begin() as connection:
        renaming = text("UPDATE users SET username = 'Eve' WHERE id = :id")
        asking = text("SELECT sign_in_name FROM users WHERE id = :id")
        assert connection.scalar(asking, {"id": user_id}) == "ada"
        connection.execute(renaming, {"id": user_id})
        assert connection.scalar(asking, {"id": user_id}) == "eve"


def test_the_version_before_can_sign_in_and_out_and_be_gone_back_to(
    engine: Engine, store: PostgresStore, seed: Seed
) -> None:
    """During a canary and after a roll-back (ADR 0122)."""
    session = a_session(user := seed.a_customer())
    old, family = b"old", new_id()
    values = {"hash": old, "family": family, "user": user.id, "now": NOW, "revoked": None}
    with store.unit_of_work() as work:
        work.sessions.open(session, a_refresh_token(session, b"new"))
    with engine.begin() as connection:
        connection.execute(text(_TOKEN), values)

    with store.unit_of_work() as work:
        work.sessions.present(old).session.require_open(NOW)
        work.sessions.revoke([session.id], NOW)
    with engine.begin() as connection:
        asking = "SELECT revoked_at FROM refresh_tokens WHERE token_hash = 'new'"
        assert connection.exec_driver_sql(asking).scalar_one() == NOW
        revoking = text("UPDATE refresh_tokens SET revoked_at = :now WHERE family_id = :family")
        connection.execute(revoking, {"now": NOW, "family": family})
    with store.unit_of_work() as work, pytest.raises(InvalidToken):
        work.sessions.present(old).session.require_open(NOW)
