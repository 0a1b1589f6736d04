"""Transactions: how often the provider turned each away."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE transactions ADD COLUMN turned_away integer NOT NULL DEFAULT 0")
