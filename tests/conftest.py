"""Real Postgres for every test: one embedded server a run, a template database migrated once, a copy of it per test."""

import os
import secrets
import shutil
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier

from migrations.apply import upgrade
from state.records.database import Database
from state.records.embedded import embedded_postgres

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")
# Without a deadline, as an example takes long on a busy machine; the same examples each time, so that no change fails by others'.
settings.register_profile("petraf", deadline=None, derandomize=True)
settings.load_profile("petraf")

MEMORY = Path("/dev/shm")  # noqa: S108
ROOM_NEEDED = 4 * 2**30


def url_of(admin_url: str, name: str) -> str:
    """The address of another database of the same server."""
    parts = conninfo_to_dict(admin_url)
    return f"postgresql://{parts.get('user', 'postgres')}:@/{name}?host={parts['host']}"


@pytest.fixture(scope="session")
def admin_url() -> Iterator[str]:
    """The server's own address: an embedded server of this run."""
    folder = fastest_folder() / f"petraf-tests-{os.getuid()}"
    folder.mkdir(mode=0o755, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with embedded_postgres(folder) as url:
            yield url


def fastest_folder() -> Path:
    """Memory where there is room for it: a copy of a database is hundreds of files, which take twenty times longer on a disk."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_NEEDED
    return MEMORY if roomy else Path("/tmp")  # noqa: S108


@pytest.fixture(scope="session")
def template(admin_url: str) -> Iterator[str]:
    """A migrated database to copy."""
    name = f"template_{secrets.token_hex(6)}"
    execute(admin_url, "create database {}", name)
    upgrade(url_of(admin_url, name), "local", 384)
    yield name
    execute(admin_url, "drop database {} with (force)", name)


@pytest.fixture
def database_url(admin_url: str, template: str) -> Iterator[str]:
    """A fresh migrated database."""
    name = f"test_{secrets.token_hex(6)}"
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(SQL("create database {} template {}").format(Identifier(name), Identifier(template)))
    yield url_of(admin_url, name)
    execute(admin_url, "drop database {} with (force)", name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A connector on a fresh database."""
    async with Database.connect(database_url, pool_size=8) as opened:
        yield opened


def execute(url: str, statement: str, name: str) -> None:
    """Run a statement about a database, outside any transaction."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SQL(statement).format(Identifier(name)))
