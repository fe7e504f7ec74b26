"""Links that share a session's goals, and whether admins may read a conversation."""

from pathlib import Path

from migrations.plain_sql import run_file

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_file(Path(__file__).with_suffix(".sql"))


def downgrade() -> None:
    run_file(Path(__file__).with_name("0005_sharing_down.sql"))
