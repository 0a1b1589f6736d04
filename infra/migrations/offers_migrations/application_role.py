"""The role that the application uses: rights on rows, none on the schema.

Migrations run as the database's owner, who could drop the triggers that the ledger rests on. The
application runs as a role that cannot.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from psycopg2.extensions import encrypt_password
from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

ROLE = "offers_app"
_RIGHTS = Path(__file__).with_suffix(".sql")
_MAY_MANAGE_ROLES = "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"


def grant(connection: Connection, role: str, password: str | None) -> None:
    """Make the role if it is missing, and give it its rights, in one transaction.

    With ``password`` it is set to that, hashed here so that the server never sees it, provided that
    the owner may manage roles; else whoever made the role knows its password.
    """
    connection.execute(text("SELECT set_config('offers.application', :role, true)"), {"role": role})
    connection.exec_driver_sql(_RIGHTS.read_text("utf-8").replace("%", "%%"))
    if password is not None and connection.exec_driver_sql(_MAY_MANAGE_ROLES).scalar_one():
        _set_password(connection, role, password)
    connection.commit()


def _set_password(connection: Connection, role: str, password: str) -> None:
    driver = connection.connection.driver_connection
    hashed = encrypt_password(password, role, driver, "scram-sha-256")
    quoted = text("SELECT format('ALTER ROLE %I PASSWORD %L', cast(:role AS text), :hashed)")
    statement = connection.execute(quoted, {"role": role, "hashed": hashed}).scalar_one()
    connection.exec_driver_sql(statement.replace("%", "%%"))
