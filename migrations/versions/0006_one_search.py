"""A search weighs its words in the database, so that it is one statement."""

from pathlib import Path

from migrations.plain_sql import run_file

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    run_file(Path(__file__).with_name("0006_one_search_down.sql"))
