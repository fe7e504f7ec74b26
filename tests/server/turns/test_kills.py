"""Kill the server at ten random instants of an ingestion: the corpus holds the old or the new version, whole."""

import asyncio
import hashlib
import random
from collections.abc import Mapping

import httpx
import pytest
from psycopg import AsyncConnection, IsolationLevel

from retrievers.parse import parse
from state.identity import TenantId, proven_tenant
from state.records.database import ACT_FOR, Database, Transaction
from state.records.documents.documents import list_documents, passages_of
from state.records.rows import TenantRow
from tests.retrievers.handbook import PARAGRAPHS
from tests.server.client import Company
from tests.server.documents.test_job_replicas import doomed

KILLS = 10
REAL = ("tests.server.replica", "0")
"""A server as it is, with the real embedding model."""
Versions = Mapping[str, tuple[str, ...]]
"""The passages of each version, by the hash of its file."""


def version(number: int) -> bytes:
    """A handbook of some ten passages, all of them different from the other versions'."""
    paragraphs = [f"Rule {number}.{n}: {PARAGRAPHS[n % 4]} This is edition {number}." for n in range(24)]
    return "\n\n".join(paragraphs).encode()


def passages(data: bytes) -> tuple[str, ...]:
    return tuple(piece.content for piece in parse("a.txt", data).pieces)


async def replace(company: Company, document_id: str, data: bytes, background: bool) -> httpx.Response:
    answer = await company.http.put(
        f"/api/admin/documents/{company.tenant_id}/{document_id}",
        params={"background": str(background).lower()},
        headers=company.admin_headers,
        files={"file": ("a.txt", data)},
    )
    assert answer.status_code == 200, answer.text
    return answer


async def check_whole(url: str, tenant: TenantId, versions: Versions) -> None:
    """The one document holds exactly the passages of one version, and the word counts fit.

    All at one instant: the database may still be carrying out what a dead server said last.
    """
    async with await AsyncConnection.connect(url) as connection:
        await connection.set_isolation_level(IsolationLevel.REPEATABLE_READ)
        await connection.execute(ACT_FOR, ("petraf.tenant_id", str(tenant)))
        tx = Transaction(connection)
        (document,) = await list_documents(tx)
        held = tuple(row.content for row in await passages_of(tx, document.id))
        known = await (await tx.connection.execute("select content_hash from documents")).fetchone()
        counted = await (await tx.connection.execute("select passages from corpus_words where word = ''")).fetchone()
        stray = await (await tx.connection.execute("select count(*) from rag_corpus")).fetchone()
    assert known is not None
    assert held == versions[known[0]]
    assert counted == stray == (document.passages,) == (len(held),)


@pytest.mark.timeout(600)  # eleven servers start, each with the real embedding model
async def test_ten_kills_leave_the_old_or_the_new_version_whole(
    database: Database, database_url: str, company: tuple[TenantRow, str]
) -> None:
    tenant = proven_tenant(company[0].id)
    files = [version(number) for number in range(KILLS + 1)]
    versions = {hashlib.sha256(data).hexdigest(): passages(data) for data in files}
    instants = random.Random(7)  # noqa: S311 (which instants is chance on purpose, and the same each time)
    document_id, lasts = "", 0.0
    for number, data in enumerate(files):
        async with (
            doomed(database_url, REAL) as (address, process),
            httpx.AsyncClient(base_url=address, timeout=60) as http,
        ):
            acme = Company(http, str(company[0].id), company[1])
            started = asyncio.get_running_loop().time()
            if not number:
                answer = await http.post(
                    f"/api/admin/rag/upload/{tenant}",
                    headers=acme.admin_headers,
                    files={"file": ("a.txt", data)},
                    data={"category": "values"},
                )
                document_id, lasts = answer.json()["document_id"], asyncio.get_running_loop().time() - started
                continue
            await replace(acme, document_id, data, background=True)
            await asyncio.sleep(instants.uniform(0, lasts))
            process.kill()
            await process.wait()
        await check_whole(database_url, tenant, versions)
    await finish(database_url, database)
    await check_whole(database_url, tenant, versions)


async def finish(database_url: str, database: Database) -> None:
    """A last server reads in what the killed ones had accepted."""
    async with doomed(database_url, REAL):
        while True:
            async with database.system() as tx:
                row = await (
                    await tx.connection.execute("select count(*) from jobs where finished_at is null")
                ).fetchone()
            if row == (0,):
                return
            await asyncio.sleep(0.1)
