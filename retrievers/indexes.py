"""Indexes of their own for large companies: near by vector, and by word. All others are searched passage by passage, exactly.

A partial index holds one company only, so no other company's passages can starve its search (pgvector's README: filtering).
"""

import asyncio
import logging

from psycopg import AsyncConnection
from psycopg.sql import SQL, Composed, Identifier, Literal

from state.identity import TenantId, proven_tenant
from state.records.database import Database
from state.records.documents.corpus import large_corpora

log = logging.getLogger("petraf")

LARGE = 10_000
"""Passages from which looking at each takes longer than an index does (`make bench`)."""
WAIT_SECONDS = 2.0
BUILD_MEMORY = "512MB"
"""An index by vector is built several times faster while it fits; 100,000 passages of 384 dimensions take 130 MB."""


async def index_large_companies(database: Database, owner_url: str, *, embedding: str = "embedding") -> list[TenantId]:
    """Give every large company that lacks them its indexes; the companies that got them.

    Only the tables' owner may, and reading and writing go on meanwhile. `embedding` names the column of the vectors.
    """
    async with database.system() as tx:
        wanting = [proven_tenant(row.tenant_id) for row in await large_corpora(tx, LARGE, _prefix(embedding))]
    for tenant in wanting:
        log.warning("building indexes for company %s, whose corpus has become large", tenant)
        await build_indexes(owner_url, tenant, embedding=embedding)
    return wanting


async def build_indexes(owner_url: str, tenant: TenantId, *, embedding: str = "embedding") -> None:
    """Build both indexes of one company, or what is missing of them; somebody else who builds is waited for."""
    async with await AsyncConnection.connect(owner_url, autocommit=True) as connection:
        # Asked again and again: a statement that waits holds a snapshot, for which the other's build would wait in turn.
        while not await _locked(connection):  # noqa: ASYNC110 (another server tells nothing)
            await asyncio.sleep(WAIT_SECONDS)
        await connection.execute(f"set maintenance_work_mem = '{BUILD_MEMORY}'".encode())
        for name, method in (
            (
                f"{_prefix(embedding)}{tenant.hex}",
                SQL("hnsw ({} halfvec_cosine_ops) with (ef_construction = 400)").format(Identifier(embedding)),
            ),
            (f"rag_words_{tenant.hex}", SQL("gin (search) with (fastupdate = off)")),
        ):
            await drop_broken(connection, name)
            await connection.execute(_create(name, tenant, method))


async def _locked(connection: AsyncConnection) -> bool:
    row = await (
        await connection.execute("select pg_try_advisory_lock(hashtextextended('petraf indexes', 0))")
    ).fetchone()
    return row == (True,)


def _prefix(embedding: str) -> str:
    return "rag_near_" if embedding == "embedding" else "rag_next_"


def _create(name: str, tenant: TenantId, method: SQL | Composed) -> Composed:
    return SQL("create index concurrently if not exists {} on rag_corpus using {} where tenant_id = {}").format(
        Identifier(name), method, Literal(str(tenant))
    )


async def drop_broken(connection: AsyncConnection, name: str) -> None:
    """A build that was cut off leaves an index that is written to and never used."""
    found = await connection.execute(
        "select 1 from pg_index where indexrelid = to_regclass(%s) and not indisvalid", (name,)
    )
    if await found.fetchone():
        await connection.execute(SQL("drop index concurrently {}").format(Identifier(name)))
