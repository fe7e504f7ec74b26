"""The benchmark's own database server, set up as an operator would set up one for a million passages."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier, Literal

from bench.places import BENCH_FOLDER
from state.records.embedded import embedded_postgres

SHARE_OF_MEMORY = 4
"""A quarter of it for shared buffers, as PostgreSQL's manual says, but not so much that little is left for anybody else."""
MOST_BUFFERS_MB = 2 * 1024


def settings() -> dict[str, str]:
    """What differs from PostgreSQL's defaults."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024**2
    return {
        "shared_buffers": f"{min(MOST_BUFFERS_MB, memory // SHARE_OF_MEMORY)}MB",
        "effective_cache_size": f"{memory // 2}MB",
        "max_wal_size": "16GB",
        "max_parallel_maintenance_workers": "2",
    }


@contextmanager
def bench_server() -> Iterator[str]:
    """Start the server in `.bench` with the settings above; the administrator's address."""
    with embedded_postgres(BENCH_FOLDER) as url:
        with psycopg.connect(url, autocommit=True) as connection:
            changed = [name for name, value in settings().items() if _held(connection, name) != value]
            for name in changed:
                value = Literal(settings()[name])
                connection.execute(SQL("alter system set {} = {}").format(Identifier(name), value))
        if not changed:
            yield url
            return
    with embedded_postgres(BENCH_FOLDER) as url:
        yield url


def database_url(url: str, name: str) -> str:
    """The address of the database of that name, which is made if it is missing."""
    with psycopg.connect(url, autocommit=True) as connection:
        if not connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone():
            connection.execute(SQL("create database {}").format(Identifier(name)))
    return _other(url, name)


def drop_database(url: str, name: str) -> None:
    """Take the database of that name away, if it is there."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SQL("drop database if exists {} with (force)").format(Identifier(name)))


def _other(url: str, name: str) -> str:
    parts = conninfo_to_dict(url)
    return f"postgresql://{parts.get('user', 'postgres')}:@/{name}?host={parts['host']}"


def _held(connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> str | None:
    """What `alter system` set last, whether or not the server has been restarted since."""
    row = connection.execute(
        "select setting from pg_file_settings where name = %s and sourcefile like '%%postgresql.auto.conf'", (name,)
    ).fetchone()
    return str(row[0]) if row else None
