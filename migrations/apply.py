"""Brings a database to a revision: Alembic's revisions, then LangGraph's checkpoint tables with our policies on them."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from langgraph.checkpoint.postgres import PostgresSaver
from psycopg import Connection
from psycopg.rows import dict_row
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Connection as SQLConnection
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from state.errors import PetrafError

HERE = Path(__file__).parent
LOCK = 7_265_740
"""Advisory lock that keeps two servers from migrating at once."""


class EmbeddingMismatch(PetrafError):
    """This database holds passages embedded with {held} ({held_dimensions} dimensions), but PETRAF_EMBEDDINGS asks for \
{asked} ({asked_dimensions}). Set PETRAF_EMBEDDINGS back, or move the passages there with `petraf reindex`."""

    code = "EMBEDDING_MISMATCH"


def upgrade(url: str, embedding_model: str, dimensions: int, revision: str = "head") -> None:
    """Migrate the database at `url` (as its owner) up to `revision`.

    The first migration fixes the installation's embedding model; later ones raise `EmbeddingMismatch` when another is asked for.
    """
    with _connect(url) as connection:
        connection.execute(
            text("select set_config('petraf.dimensions', :dimensions, false)"), {"dimensions": str(dimensions)}
        )
        connection.commit()
        command.upgrade(_config(connection), revision)
        connection.commit()
        _fix_embedding_model(connection, embedding_model, dimensions)
        connection.commit()
        _set_up_checkpoints(url)


def downgrade(url: str, revision: str = "base") -> None:
    """Take the database at `url` back to `revision`. Everything newer is lost."""
    with _connect(url) as connection:
        command.downgrade(_config(connection), revision)
        connection.commit()


def _connect(url: str) -> SQLConnection:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), poolclass=NullPool)
    connection = engine.connect()
    connection.execute(text("select pg_advisory_lock(:lock)"), {"lock": LOCK})
    return connection


def _config(connection: SQLConnection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    return config


def _fix_embedding_model(connection: SQLConnection, model: str, dimensions: int) -> None:
    connection.execute(
        text("insert into installation (embedding_model, dimensions) values (:m, :d) on conflict do nothing"),
        {"m": model, "d": dimensions},
    )
    held = connection.execute(text("select embedding_model, dimensions from installation")).one()
    if tuple(held) != (model, dimensions):
        raise EmbeddingMismatch(held=held[0], held_dimensions=held[1], asked=model, asked_dimensions=dimensions)


def _set_up_checkpoints(url: str) -> None:
    with Connection.connect(url, autocommit=True, prepare_threshold=None, row_factory=dict_row) as connection:
        PostgresSaver(connection).setup()
        connection.execute((HERE / "checkpoints.sql").read_bytes())
