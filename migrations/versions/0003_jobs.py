"""Uploads as jobs."""

from pathlib import Path

from migrations.plain_sql import run_file

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    run_file(Path(__file__).with_name("0003_jobs_down.sql"))
