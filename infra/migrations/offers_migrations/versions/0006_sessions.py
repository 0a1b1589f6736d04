"""Sessions as rows of their own; one form in which usernames are compared."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from offers.domain.sign_in import sign_in_name

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_PLAIN = "UPDATE users SET sign_in_name = lower(username) WHERE username ~ '^[ -~]*$'"
_OTHERS = "SELECT id, username FROM users WHERE sign_in_name IS NULL"
_FILL = "UPDATE users SET sign_in_name = :name WHERE id = :id"
_CONFLICTS = """
SELECT string_agg(quote_literal(username) || ' (' || id || ')', ', ' ORDER BY id)
FROM users GROUP BY sign_in_name HAVING count(*) > 1 ORDER BY sign_in_name"""
_KEEP = """
ALTER TABLE users ALTER COLUMN sign_in_name SET NOT NULL;
CREATE UNIQUE INDEX users_sign_in_name_key ON users (sign_in_name)"""


class AmbiguousUsernames(Exception):
    """Users who would sign in by the same name: rename all but one of each, then upgrade again."""


def upgrade() -> None:
    connection = op.get_bind()
    sql = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    connection.connection.cursor().execute(sql)  # the plain driver: a `%` stays a `%`
    connection.execute(sa.text(_PLAIN))
    for each in connection.execute(sa.text(_OTHERS)).all():
        connection.execute(sa.text(_FILL), {"id": each.id, "name": sign_in_name(each.username)})
    conflicts = connection.execute(sa.text(_CONFLICTS)).scalars().all()
    if conflicts:
        raise AmbiguousUsernames("; ".join(conflicts))
    connection.exec_driver_sql(_KEEP)
