"""The yardstick: LangChain's PGVectorStore as its documentation shows it, all companies in one table with one index.

The tenant is a metadata column and a filter; a superuser asks, so that no policy costs anything.
"""

import asyncio
from contextlib import suppress
from uuid import UUID

import psycopg
from langchain_core.embeddings import Embeddings
from langchain_postgres import Column, ColumnDict, PGEngine, PGVectorStore
from langchain_postgres.v2.indexes import HNSWIndex
from psycopg.sql import SQL, Identifier
from rich.progress import Progress

TABLE = "langchain_store"
BUILD_MEMORY = "3GB"
"""A million vectors of 384 dimensions and their graph fit; a graph that doesn't fit takes many times as long."""
POLLED_SECONDS = 2.0


class PlainStore:
    """A PGVectorStore and its engine."""

    def __init__(self, engine: PGEngine, store: PGVectorStore) -> None:
        self._engine = engine
        self._store = store

    @classmethod
    async def open(cls, url: str, embeddings: Embeddings) -> "PlainStore":
        """The store in the database at `url`; `build_store` must have made it."""
        engine = _engine(url)
        return cls(engine, await _store(engine, embeddings))

    async def search(self, tenant: UUID, query: str, k: int) -> list[int]:
        """The pages of the `k` nearest passages that it finds."""
        found = await self._store.asimilarity_search(query, k=k, filter={"tenant_id": str(tenant)})
        return [int(one.metadata["page"]) for one in found]

    async def close(self) -> None:
        """Close the engine's connections."""
        await self._engine.close()


async def build_store(url: str, embeddings: Embeddings, progress: Progress) -> None:
    """Copy the corpus into the store's own table and index it, unless a run before did."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        if await _is_built(connection):
            return
        await connection.execute(SQL("drop table if exists {}").format(Identifier(TABLE)))
        engine = _engine(url, BUILD_MEMORY)
        copying = progress.add_task("copying passages into PGVectorStore", total=None)
        columns: list[Column | ColumnDict] = [Column("tenant_id", "VARCHAR")]
        await engine.ainit_vectorstore_table(
            table_name=TABLE, vector_size=await _dimensions(connection), metadata_columns=columns
        )
        await connection.execute(
            SQL(
                "insert into {} (langchain_id, content, embedding, tenant_id, langchain_metadata) "
                "select id, content, embedding, tenant_id, json_build_object('page', page) from rag_corpus"
            ).format(Identifier(TABLE))
        )
        await connection.execute(SQL("vacuum analyze {}").format(Identifier(TABLE)))
        progress.remove_task(copying)
        store = await _store(engine, embeddings)
        building = asyncio.create_task(store.aapply_vector_index(HNSWIndex()))
        await _follow(building, connection, progress)
        await engine.close()


async def _is_built(connection: "psycopg.AsyncConnection[tuple[object, ...]]") -> bool:
    found = await connection.execute(
        "select 1 from pg_index join pg_class c on c.oid = indexrelid join pg_am am on am.oid = c.relam "
        "where indrelid = to_regclass(%s) and indisvalid and amname = 'hnsw'",
        (TABLE,),
    )
    return await found.fetchone() is not None


async def _dimensions(connection: "psycopg.AsyncConnection[tuple[object, ...]]") -> int:
    row = await (await connection.execute("select dimensions from installation")).fetchone()
    return int(str(row[0])) if row else 0


async def _follow(
    building: "asyncio.Task[None]", connection: "psycopg.AsyncConnection[tuple[object, ...]]", progress: Progress
) -> None:
    """Show how far the index is until it is built."""
    row = await (await connection.execute(f"select count(*) from {TABLE}".encode())).fetchone()  # noqa: S608
    total = int(str(row[0])) if row else 0
    task = progress.add_task("building PGVectorStore's index", total=total)
    while not building.done():
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(asyncio.shield(building), POLLED_SECONDS)
        done = await (
            await connection.execute("select coalesce(sum(tuples_done), 0) from pg_stat_progress_create_index")
        ).fetchone()
        progress.update(task, completed=int(str(done[0])) if done else 0)
    progress.update(task, completed=total)
    await building


def _engine(url: str, memory: str | None = None) -> PGEngine:
    settings = {"maintenance_work_mem": memory} if memory else {}
    return PGEngine.from_connection_string(
        url.replace("postgresql://", "postgresql+asyncpg://"), connect_args={"server_settings": settings}
    )


async def _store(engine: PGEngine, embeddings: Embeddings) -> PGVectorStore:
    return await PGVectorStore.create(
        engine=engine, table_name=TABLE, embedding_service=embeddings, metadata_columns=["tenant_id"]
    )
