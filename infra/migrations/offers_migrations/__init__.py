"""The PostgreSQL schema, as Alembic revisions. Packaged as a layer for MigrateFunction alone."""
