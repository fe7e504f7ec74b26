"""Moving the corpus to another model: nobody's search stops, nothing is mixed, and what breaks off goes on."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from retrievers.embeddings import EmbeddingModel, LocalEmbeddings, build_embeddings
from retrievers.errors import NothingToMove
from retrievers.indexes import build_indexes
from retrievers.ingest import Upload, ingest
from retrievers.library import Library
from retrievers.reindex import reindex
from retrievers.search import CompanyRetriever
from state.identity import TenantId, proven_tenant
from state.records.companies.tenants import NewTenant, seed_tenant
from state.records.database import Database
from tests.retrievers.handbook import PARAGRAPHS, markdown

MODEL = build_embeddings("local")
QUERY = "compassion with frightened patients"


class Wider(Embeddings):
    """The local model's vectors, twice one after the other: another model with another dimension."""

    def __init__(self) -> None:
        self.local = LocalEmbeddings()
        self.calls = 0
        self.fails_at = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Breaks at the call that was named."""
        self.calls += 1
        if self.calls == self.fails_at:
            raise RuntimeError("the model broke")
        return [[*vector, *vector] for vector in self.local.embed_documents(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def wider() -> EmbeddingModel:
    return replace(MODEL, name="wider", dimensions=768, embeddings=Wider(), batch=1)


@pytest.fixture
async def tenant(database: Database) -> TenantId:
    """A company with a handbook."""
    row, _ = await seed_tenant(database, NewTenant("acme", "Acme", "acme.example", "hr@acme.example"))
    tenant = proven_tenant(row.id)
    await ingest(Library(database, MODEL), tenant, Upload("a.md", markdown(), "values", {}), "hr")
    return tenant


async def value(database: Database, query: str) -> object:
    async with database.system() as tx:
        row = await (await tx.connection.execute(query.encode())).fetchone()
    return row[0] if row else None


def ignore(done: int, total: int) -> None:
    """Nobody watches."""


async def test_the_corpus_moves_to_another_dimension_and_finds_the_same(
    database: Database, database_url: str, tenant: TenantId
) -> None:
    target = wider()
    library = Library(database, MODEL, lambda name: target)
    retriever = CompanyRetriever(tenant=tenant, library=library)
    before = await retriever.passages(QUERY)
    told: list[tuple[int, int]] = []
    moved = await reindex(database, database_url, target, lambda done, total: told.append((done, total)))
    assert (moved, told[-1]) == (await value(database, "select count(*) from rag_corpus"), (moved, moved))
    assert await value(database, "select embedding_model || dimensions from installation") == "wider768"
    assert await value(database, "select max(vector_dims(embedding)) from rag_corpus") == 768
    after = await retriever.passages(QUERY)
    assert [p.content for p in after] == [p.content for p in before] != []
    assert library.model is target


async def test_searches_and_uploads_go_on_while_it_runs_and_nothing_is_left_out(
    database: Database, database_url: str, tenant: TenantId
) -> None:
    target = wider()
    library = Library(database, MODEL, lambda name: target)
    retriever = CompanyRetriever(tenant=tenant, library=library)
    moving = asyncio.create_task(reindex(database, database_url, target, ignore))
    found: list[Sequence[object]] = []
    number = 0
    while not moving.done():
        found.append(await retriever.passages(QUERY))
        if number < 3:
            text = f"Ward {number} keeps its own falls list. {PARAGRAPHS[number]}"
            await ingest(library, tenant, Upload(f"{number}.txt", text.encode(), "values", {}), "hr")
        number += 1
    await moving
    assert all(found)
    assert await value(database, "select bool_and(vector_dims(embedding) = 768) from rag_corpus")
    assert await value(database, "select count(*) from documents") == min(number, 3) + 1


async def test_what_broke_off_goes_on_where_it_stopped(database: Database, database_url: str, tenant: TenantId) -> None:
    broken = wider()
    assert isinstance(broken.embeddings, Wider)
    broken.embeddings.fails_at = 2
    with pytest.raises(RuntimeError):
        await reindex(database, database_url, broken, ignore)
    assert await value(database, "select embedding_model from installation") == "local"
    assert await CompanyRetriever(tenant=tenant, library=Library(database, MODEL)).passages(QUERY)
    done = await value(database, "select count(*) from rag_corpus where embedding_next is not null")
    again = wider()
    moved = await reindex(database, database_url, again, ignore)
    assert isinstance(again.embeddings, Wider)
    assert 0 < again.embeddings.calls == moved - int(str(done))


async def test_another_target_than_the_one_that_broke_off_starts_anew(
    database: Database, database_url: str, tenant: TenantId
) -> None:
    broken = wider()
    assert isinstance(broken.embeddings, Wider)
    broken.embeddings.fails_at = 2
    with pytest.raises(RuntimeError):
        await reindex(database, database_url, broken, ignore)
    other = replace(MODEL, name="other")
    await reindex(database, database_url, other, ignore)
    assert await value(database, "select embedding_model || dimensions from installation") == "other384"
    assert np.isclose(float(str(await value(database, "select avg(l2_norm(embedding)) from rag_corpus"))), 1)


async def test_moving_to_the_model_that_is_there_is_refused(database: Database, database_url: str) -> None:
    with pytest.raises(NothingToMove, match="local"):
        await reindex(database, database_url, MODEL, ignore)


async def test_a_large_company_keeps_its_indexes(
    database: Database, database_url: str, tenant: TenantId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrievers.indexes.LARGE", 1)
    await build_indexes(database_url, tenant)
    await reindex(database, database_url, wider(), ignore)
    names = await value(
        database,
        "select array_agg(indexname::text) from pg_indexes where indexname like 'rag%hex%'".replace("hex", tenant.hex),
    )
    assert sorted(str(names).strip("[]'").replace("'", "").split(", ")) == [
        f"rag_near_{tenant.hex}",
        f"rag_words_{tenant.hex}",
    ]
