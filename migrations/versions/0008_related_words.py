"""A word that next to no passage holds is looked for by the nearest related word that some do: *pay* by *wage*."""

from pathlib import Path

from alembic import op

from migrations.plain_sql import run_file

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

RELATED_WORDS = Path(__file__).with_suffix(".tsv")


def upgrade() -> None:
    run_file(Path(__file__).with_suffix(".sql"))
    _load()


def downgrade() -> None:
    run_file(Path(__file__).with_name("0008_related_words_down.sql"))


def _load() -> None:
    driver = op.get_bind().connection.driver_connection
    if driver is None:
        raise RuntimeError("a migration needs a live connection; offline mode isn't supported")
    with driver.cursor().copy("copy related_words (word, related, closeness) from stdin") as rows:
        rows.write(RELATED_WORDS.read_bytes())
    driver.execute("analyze related_words")
