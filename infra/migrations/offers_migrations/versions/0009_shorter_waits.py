"""Nobody waits for a lock as long as a request may take, so that a 503 is heard."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET lock_timeout = %L', "
        "current_database(), '4s'); END $$"
    )
