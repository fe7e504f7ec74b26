"""A passage's words and vector stand first in its row, because a search reads those of every passage and little else."""

from pathlib import Path

from migrations.plain_sql import run_file

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    run_file(Path(__file__).with_name("0007_searched_columns_first_down.sql"))
