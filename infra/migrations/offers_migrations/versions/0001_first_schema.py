"""The first schema: tables, and the constraints that make wrong states impossible.

Rules that one row can show are CHECKs; rules over several rows are unique indexes or constraint
triggers that run when the transaction commits, so that the order of statements inside a unit of
work does not matter.
"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    cursor = op.get_bind().connection.cursor()  # the plain driver: a `%` in the files stays a `%`
    for name in ("tables", "guards", "settings"):
        cursor.execute(Path(__file__).with_name(f"0001_{name}.sql").read_text(encoding="utf-8"))
