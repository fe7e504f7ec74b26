"""The corpus for any size: words as numbers beside the vectors, counted per company; documents written whole."""

from pathlib import Path

from migrations.plain_sql import run_file

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    run_file(Path(__file__).with_name("0002_corpus_down.sql"))
