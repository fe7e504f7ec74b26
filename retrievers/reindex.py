"""Moves the corpus to another embedding model without a gap in service: a second column is filled, then swapped in.

Until the swap servers search and write the first column; what they write meanwhile is embedded anew in another round. After
it they follow the installation's model (`Library.follow`). Broken off, it goes on where it stopped.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.errors import LockNotAvailable
from psycopg.sql import SQL, Identifier, Literal

from retrievers.embeddings import EmbeddingModel, vector_text
from retrievers.errors import NothingToMove, ReindexRunning
from retrievers.indexes import drop_broken, index_large_companies
from retrievers.ingest import embedded_text
from retrievers.library import Library
from state.records.database import Database

PLAIN_DIMENSIONS = 2_000
"""Up to so many a vector lies in its row (migration 0002)."""
LOCK_SECONDS = 3
"""A table lock that isn't had sooner is tried again, so that nobody's search waits behind it for longer."""
PATIENCE = 100

OnMoved = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Unmoved:
    """A passage without a vector of the new model."""

    id: UUID
    title: str
    heading: str
    content: str


async def reindex(database: Database, owner_url: str, target: EmbeddingModel, on_moved: OnMoved) -> int:
    """Embed every passage with `target` and swap; how many. `on_moved` hears passages done and in all.

    Raises NothingToMove, ReindexRunning and EmbeddingsUnavailable; what is done is kept for the next run.
    """
    async with await AsyncConnection.connect(owner_url, autocommit=True) as owner:
        await _prepare(owner, target)
        library = Library(database, target)
        while True:
            await _fill(library, on_moved)
            await index_large_companies(database, owner_url, embedding="embedding_next")
            if await _patiently(owner, _swap):
                await owner.execute("alter table rag_corpus validate constraint embedded")
                await owner.execute("alter table rag_corpus alter column embedding set not null")
                await owner.execute("alter table rag_corpus drop constraint embedded")
                return await _count(database)


async def _prepare(owner: AsyncConnection, target: EmbeddingModel) -> None:
    if not await _first(owner, "select pg_try_advisory_lock(hashtextextended('petraf reindex', 0))"):
        raise ReindexRunning
    if await _first(owner, "select embedding_model from installation") == target.name:
        raise NothingToMove(name=target.name)
    if await _first(owner, "select next_model from installation") != target.name:
        await _patiently(owner, partial(_add_column, target))
    await drop_broken(owner, "rag_unmoved")
    await owner.execute(
        "create index concurrently if not exists rag_unmoved on rag_corpus (id) where embedding_next is null"
    )


async def _add_column(target: EmbeddingModel, owner: AsyncConnection) -> bool:
    await owner.execute("alter table rag_corpus drop column if exists embedding_next")
    kind = SQL("alter table rag_corpus add column embedding_next halfvec({})").format(Literal(target.dimensions))
    await owner.execute(kind)
    if target.dimensions <= PLAIN_DIMENSIONS:
        await owner.execute("alter table rag_corpus alter column embedding_next set storage plain")
    await owner.execute(
        "update installation set next_model = %s, next_dimensions = %s", (target.name, target.dimensions)
    )
    return True


async def _fill(library: Library, on_moved: OnMoved) -> None:
    """Once through all passages that lack their new vector; those that come meanwhile take another round."""
    async with library.database.system() as tx:
        done, total = int(await tx.value("moved_passages")), int(await tx.value("all_passages"))
    last = UUID(int=0)
    while unmoved := await _unmoved(library, last):
        batch = library.model.batch
        parts = [unmoved[start : start + batch] for start in range(0, len(unmoved), batch)]
        await asyncio.gather(*(_move(library, part) for part in parts))
        last = unmoved[-1].id
        done += len(unmoved)
        on_moved(done, max(done, total))


async def _unmoved(library: Library, last: UUID) -> list[Unmoved]:
    async with library.database.system() as tx:
        return await tx.all(Unmoved, "unmoved_passages", last=last, limit=library.model.batch * library.model.at_once)


async def _move(library: Library, passages: list[Unmoved]) -> None:
    vectors = await library.embed(library.model, [embedded_text(p.title, p.heading, p.content) for p in passages])
    moved = [{"id": str(p.id), "embedding": vector_text(vector)} for p, vector in zip(passages, vectors, strict=True)]
    async with library.database.system() as tx:
        await tx.run("move_passages", moved=moved)


async def _swap(owner: AsyncConnection) -> bool:
    """In one transaction; False when passages came meanwhile that lack their new vector."""
    await owner.execute("select pg_advisory_xact_lock(hashtextextended('petraf embedding model', 0))")
    await owner.execute("lock table rag_corpus in access exclusive mode")
    await owner.execute("set local role petraf_system")
    left = await _first(owner, "select exists(select from rag_corpus where embedding_next is null)")
    await owner.execute("reset role")
    if left:
        return False
    await owner.execute("alter table rag_corpus drop column embedding")
    await owner.execute("drop index rag_unmoved")
    await owner.execute("alter table rag_corpus rename column embedding_next to embedding")
    # Checked after the swap, because looking at every row now would keep searches waiting.
    await owner.execute("alter table rag_corpus add constraint embedded check (embedding is not null) not valid")
    named = await owner.execute("select indexname from pg_indexes where indexname like 'rag\\_next\\_%'")
    for (name,) in await named.fetchall():
        near = name.replace("rag_next_", "rag_near_")
        await owner.execute(SQL("alter index {} rename to {}").format(Identifier(name), Identifier(near)))
    await owner.execute(
        "update installation set embedding_model = next_model, dimensions = next_dimensions, "
        "next_model = null, next_dimensions = null"
    )
    return True


async def _patiently(owner: AsyncConnection, work: Callable[[AsyncConnection], Awaitable[bool]]) -> bool:
    """`work` in a transaction that waits for its table lock only shortly, again and again."""
    for _ in range(PATIENCE):
        try:
            async with owner.transaction():
                await owner.execute(f"set local lock_timeout = '{LOCK_SECONDS}s'".encode())
                return await work(owner)
        except LockNotAvailable:
            await asyncio.sleep(1)
    raise ReindexRunning


async def _first(owner: AsyncConnection, query: str) -> object:
    row = await (await owner.execute(query.encode())).fetchone()
    return row[0] if row else None


async def _count(database: Database) -> int:
    async with database.system() as tx:
        return int(await tx.value("all_passages"))
