"""A query's words are weighed without the company's own name, which tells none of its passages from another."""

from pathlib import Path

from alembic import op

from migrations.plain_sql import run_file

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    op.execute("drop function petraf_without_name(text)")
