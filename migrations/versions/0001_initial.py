"""All tables of the specification, the application role and row-level security."""

from pathlib import Path

from migrations.plain_sql import run_file

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    run_file(Path(__file__).with_name("0001_initial_down.sql"))
