"""The one connector: runs named SQL in a transaction that is bound to a tenant, and gives typed rows back.

Every transaction takes the application role (or the system role) and its tenant locally, so a connection that goes back
to the pool holds neither (SEAMS: row-level security).
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

from psycopg import AsyncConnection, AsyncPipeline, InterfaceError, OperationalError, sql
from psycopg.rows import kwargs_row
from psycopg.types.json import Json
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from state.errors import PetrafError
from state.identity import TenantId

Row = TypeVar("Row")
Lookup = Literal["lookup_domain", "lookup_slug", "lookup_key", "lookup_share"]

RECORDS = Path(__file__).parent
POOL_SIZE = 20
WAIT_SECONDS = 10
ACT_FOR = b"select set_config('role', 'petraf_app', true), set_config(%s, %s, true)"


class DatabaseUnavailable(PetrafError):
    """The database is away. Nothing was changed; try again in a moment."""

    code = "DATABASE_UNAVAILABLE"
    recoverable = True


def load_queries(folder: Path = RECORDS) -> Mapping[str, str]:
    """Every statement below a `-- name: …` line of the SQL files in the folder, by name. Raises ValueError when two share one."""
    queries: dict[str, str] = {}
    for path in sorted(folder.rglob("*.sql")):
        for name, body in re.findall(r"^-- name: (\w+)\n(.*?)(?=^-- name: |\Z)", path.read_text(), re.S | re.M):
            if name in queries:
                raise ValueError(f"{path.name}: the query name {name} is taken")
            queries[name] = body.strip()
    return queries


QUERIES = load_queries()


class Transaction:
    """Named statements in one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self._pipeline: AsyncPipeline | None = None

    @asynccontextmanager
    async def together(self) -> AsyncIterator[None]:
        """What is awaited side by side in here (`asyncio.gather`) travels in one round trip, in the order it was asked."""
        async with self.connection.pipeline() as pipeline:
            self._pipeline = pipeline
            try:
                yield
            finally:
                self._pipeline = None

    async def all(self, row: Callable[..., Row], name: str, /, **params: object) -> list[Row]:
        """Every row as a `row` object."""
        async with self.connection.cursor(row_factory=kwargs_row(row)) as cursor:
            await cursor.execute(_statement(name), _adapt(params))
            await self._others()
            return await cursor.fetchall()

    async def first(self, row: Callable[..., Row], name: str, /, **params: object) -> Row | None:
        """The first row, or None."""
        rows = await self.all(row, name, **params)
        return rows[0] if rows else None

    async def run(self, name: str, /, **params: object) -> int:
        """How many rows the statement touched."""
        cursor = await self.connection.execute(_statement(name), _adapt(params))
        await self._others()
        if self._pipeline and cursor.pgresult is None:
            await self._pipeline.sync()
        return cursor.rowcount

    async def value(self, name: str, /, **params: object) -> Any:
        """The first column of the first row, or None."""
        cursor = await self.connection.execute(_statement(name), _adapt(params))
        await self._others()
        row = await cursor.fetchone()
        return row[0] if row else None

    async def _others(self) -> None:
        """Let the others of `together` send theirs before this one waits for its answer."""
        if self._pipeline:
            await asyncio.sleep(0)


class Alone:
    """Named statements that are each a whole transaction, of one tenant or for the one row looked up, in a single round trip.

    The statements of a pipeline are one transaction unless they say otherwise, and their values travel beside them.
    """

    def __init__(self, pool: AsyncConnectionPool, acting: tuple[str, str], before: str | None = None) -> None:
        self._pool = pool
        self._acting = acting
        self._before = before

    async def all(self, row: Callable[..., Row], name: str, /, **params: object) -> list[Row]:
        """Every row as a `row` object."""
        async with _connected(self._pool) as connection:
            async with connection.pipeline():
                await self._open(connection)
                cursor = connection.cursor(row_factory=kwargs_row(row))
                await cursor.execute(_statement(name), _adapt(params))
            return await cursor.fetchall()

    async def first(self, row: Callable[..., Row], name: str, /, **params: object) -> Row | None:
        """The first row, or None."""
        rows = await self.all(row, name, **params)
        return rows[0] if rows else None

    async def run(self, name: str, /, **params: object) -> int:
        """How many rows the statement touched."""
        async with _connected(self._pool) as connection:
            async with connection.pipeline():
                await self._open(connection)
                cursor = await connection.execute(_statement(name), _adapt(params))
            return cursor.rowcount

    async def _open(self, connection: AsyncConnection) -> None:
        await connection.execute(ACT_FOR, self._acting)
        if self._before:
            await connection.execute(_statement(self._before))


class Database:
    """A pool of connections that is only reachable through a role and a tenant."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self.pool = pool

    @classmethod
    @asynccontextmanager
    async def connect(cls, url: str, *, pool_size: int = POOL_SIZE) -> AsyncIterator[Self]:
        """Open a pool on `url`. Raises `DatabaseUnavailable` when nobody answers."""
        pool = AsyncConnectionPool(
            url,
            min_size=1,
            max_size=pool_size,
            open=False,
            timeout=WAIT_SECONDS,
            close_returns=True,
            kwargs={"prepare_threshold": None, "autocommit": True},
        )
        try:
            await pool.open(wait=True, timeout=WAIT_SECONDS)
            yield cls(pool)
        except PoolTimeout as error:
            raise DatabaseUnavailable from error
        finally:
            await pool.close()

    @asynccontextmanager
    async def tenant(self, tenant_id: TenantId) -> AsyncIterator[Transaction]:
        """A transaction that sees and writes this tenant's rows only."""
        async with self._begin("petraf_app", "tenant_id", str(tenant_id)) as transaction:
            yield transaction

    @asynccontextmanager
    async def system(self) -> AsyncIterator[Transaction]:
        """A transaction that sees every tenant: system keys, purge and turns whose server died."""
        async with self._begin("petraf_system", "tenant_id", "") as transaction:
            yield transaction

    def alone(self, tenant_id: TenantId, before: str | None = None) -> Alone:
        """Statements that each see and write this tenant's rows only; the one named `before` runs before each."""
        return Alone(self.pool, ("petraf.tenant_id", str(tenant_id)), before)

    def look_up(self, what: Lookup, value: str) -> Alone:
        """Statements that each see the one row named by `value`, before a tenant is known."""
        return Alone(self.pool, (f"petraf.{what}", value))

    @asynccontextmanager
    async def _begin(self, role: str, setting: str, value: str) -> AsyncIterator[Transaction]:
        async with _connected(self.pool) as connection:
            await connection.execute(_opening(role, setting, value))
            yield Transaction(connection)


@asynccontextmanager
async def _connected(pool: AsyncConnectionPool) -> AsyncIterator[AsyncConnection]:
    try:
        async with pool.connection() as connection:
            yield connection
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        raise DatabaseUnavailable from error


def _opening(role: str, setting: str, value: str) -> sql.Composed:
    """Begin, role and tenant in one round trip."""
    return sql.SQL("begin; set local role {}; select set_config({}, {}, true)").format(
        sql.Identifier(role), sql.Literal(f"petraf.{setting}"), sql.Literal(value)
    )


def _statement(name: str) -> bytes:
    return QUERIES[name].encode()


def _adapt(params: Mapping[str, object]) -> dict[str, object]:
    """Objects and lists travel as JSON, a tuple as an array."""
    return {key: _adapted(value) for key, value in params.items()}


def _adapted(value: object) -> object:
    if isinstance(value, dict | list):
        return Json(value)
    return list(value) if isinstance(value, tuple) else value
