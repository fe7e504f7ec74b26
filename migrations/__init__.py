"""The database as Alembic revisions in plain SQL."""
