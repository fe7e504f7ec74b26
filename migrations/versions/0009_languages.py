"""The language a session is held in, and whether its goals are confirmed before they are saved."""

from pathlib import Path

from migrations.plain_sql import run_file

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    run_file(Path(__file__).with_name("0009_languages_down.sql"))
