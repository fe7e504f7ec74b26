"""What was understood: facts, the acts of each message, goals kept below the threshold, and a count of crises."""

from pathlib import Path

from migrations.plain_sql import run_file

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    run_file(Path(__file__).with_name("0010_frames_down.sql"))
