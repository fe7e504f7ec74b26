"""What the judge saw of a goal, so that its score can be replayed."""

from pathlib import Path

from migrations.plain_sql import run_file

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    run_file(Path(__file__).with_name("0004_exams_down.sql"))
