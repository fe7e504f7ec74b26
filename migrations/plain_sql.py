"""Runs a revision's SQL file as it stands: percent signs and several statements included."""

from pathlib import Path

from alembic import op


def run_file(path: Path) -> None:
    """Execute every statement of `path` in the migration's transaction."""
    driver = op.get_bind().connection.driver_connection
    if driver is None:
        raise RuntimeError("a migration needs a live connection; offline mode isn't supported")
    driver.execute(path.read_bytes())
