"""From a file to passages that are found: all of them or none."""

import asyncio
from dataclasses import replace

import psycopg
import pytest

from retrievers.embeddings import EmbeddingModel, LocalEmbeddings, build_embeddings
from retrievers.errors import (
    EmbeddingsMoved,
    EmbeddingsUnavailable,
    SameContent,
)
from retrievers.ingest import Upload, ingest
from retrievers.library import Library
from retrievers.search import CompanyRetriever
from state.errors import PetrafError
from state.identity import TenantId, proven_tenant
from state.records.companies.tenants import NewTenant, seed_tenant
from state.records.database import Database, Transaction
from state.records.documents.documents import Document, DocumentNotFound, delete_document, list_documents, passages_of
from state.records.documents.jobs import Figures
from tests.retrievers.handbook import markdown

MODEL = build_embeddings("local")
OTHER = b"The library lends books to everybody who lives in the town, and it opens on Sundays too. " * 6


@pytest.fixture
def library(database: Database) -> Library:
    """A library without any documents."""
    return Library(database, MODEL)


@pytest.fixture
async def tenant(database: Database) -> TenantId:
    """A company."""
    row, _ = await seed_tenant(database, NewTenant("acme", "Acme", "acme.example", "hr@acme.example"))
    return proven_tenant(row.id)


async def rows(database: Database, table: str) -> int:
    async with database.system() as tx:
        found = await (await tx.connection.execute(f"select count(*) from {table}".encode())).fetchone()  # noqa: S608
    assert found is not None
    return int(found[0])


async def test_a_document_is_published_with_what_its_uploader_said(library: Library, tenant: TenantId) -> None:
    told: list[Figures] = []
    upload = Upload("a.md", markdown(), "values", {"title": "Nursing", "version": "2", "department": "Wards"})
    document = await ingest(library, tenant, upload, "hr@acme.example", on_progress=told.append)
    assert (document.title, document.version, document.department) == ("Nursing", "2", "Wards")
    assert (document.filename, document.category, document.uploaded_by) == ("a.md", "values", "hr@acme.example")
    assert (told[-1].passages_done, told[-1].passages, told[-1].remaining_seconds) == (document.passages,) * 2 + (0.0,)
    assert told[-1].embeddings_per_second
    async with library.database.tenant(tenant) as tx:
        passages = await passages_of(tx, document.id)
    assert len(passages) == document.passages
    assert {passage.title for passage in passages} == {"Nursing"}


async def test_the_same_content_twice_doubles_nothing(library: Library, tenant: TenantId) -> None:
    upload = Upload("a.md", markdown(), "values", {})
    first = await ingest(library, tenant, upload, "hr")
    again = await ingest(library, tenant, Upload("b.md", markdown(), "values", {}), "hr")
    assert again == first
    assert await rows(library.database, "rag_corpus") == first.passages
    other = await ingest(library, tenant, Upload("a.md", markdown(), "guidelines", {}), "hr")
    assert other.id != first.id


async def test_the_same_content_twice_at_once_doubles_nothing(library: Library, tenant: TenantId) -> None:
    upload = Upload("a.md", markdown(), "values", {})
    documents = await asyncio.gather(*[ingest(library, tenant, upload, "hr") for _ in range(4)])
    assert len({document.id for document in documents}) == 1
    assert await rows(library.database, "documents") == 1
    assert await rows(library.database, "rag_corpus") == documents[0].passages


def away_after(calls: int) -> EmbeddingModel:
    """An embedding model that goes away after some calls."""

    class Away(LocalEmbeddings):
        left = calls

        async def aembed_documents(self, texts: list[str]) -> list[list[float]]:
            Away.left -= 1
            if Away.left < 0:
                raise ConnectionError("away")
            return await super().aembed_documents(texts)

    return replace(MODEL, embeddings=Away(), batch=2, away=ConnectionError)


async def test_nothing_is_left_when_the_embedding_model_goes_away(database: Database, tenant: TenantId) -> None:
    with pytest.raises(EmbeddingsUnavailable):
        await ingest(Library(database, away_after(1)), tenant, Upload("a.md", markdown(), "values", {}), "hr")
    assert (await rows(database, "documents"), await rows(database, "rag_corpus")) == (0, 0)


async def test_the_same_file_with_a_new_title_is_written_anew_under_its_id(library: Library, tenant: TenantId) -> None:
    first = await ingest(library, tenant, Upload("a.md", markdown(), "values", {"version": "1"}), "hr")
    again = await ingest(library, tenant, Upload("a.md", markdown(), "values", {"title": "Wards"}), "hr")
    assert (again.id, again.title, again.version) == (first.id, "Wards", "1")
    assert await rows(library.database, "rag_corpus") == first.passages


async def test_a_new_version_takes_the_place_of_the_old_one_whole(library: Library, tenant: TenantId) -> None:
    old = await ingest(library, tenant, Upload("a.md", markdown(), "values", {}), "hr")
    new = await ingest(library, tenant, Upload("b.txt", OTHER, "values", {"version": "2"}), "hr", replaces=old.id)
    assert (new.id, new.filename, new.version) == (old.id, "b.txt", "2")
    async with library.database.tenant(tenant) as tx:
        assert [passage.content for passage in await passages_of(tx, old.id)] == [OTHER.decode().strip()]


async def test_a_new_version_that_fails_leaves_the_old_one_untouched(database: Database, tenant: TenantId) -> None:
    old = await ingest(Library(database, MODEL), tenant, Upload("a.md", markdown(), "values", {}), "hr")

    async def refuse(tx: Transaction, document: Document) -> None:
        raise PetrafError("refused at the last moment")

    for library, record in ((Library(database, away_after(0)), None), (Library(database, MODEL), refuse)):
        with pytest.raises(PetrafError):
            await ingest(library, tenant, Upload("b.txt", OTHER, "values", {}), "hr", replaces=old.id, record=record)
        async with database.tenant(tenant) as tx:
            assert await list_documents(tx) == [old]
            assert len(await passages_of(tx, old.id)) == old.passages


async def test_what_replaces_nothing_or_doubles_another_document_is_refused(library: Library, tenant: TenantId) -> None:
    first = await ingest(library, tenant, Upload("a.md", markdown(), "values", {}), "hr")
    second = await ingest(library, tenant, Upload("b.txt", OTHER, "values", {}), "hr")
    with pytest.raises(DocumentNotFound):
        await ingest(library, tenant, Upload("c.txt", OTHER + b"more", "values", {}), "hr", replaces="01UNKNOWN")
    with pytest.raises(SameContent, match=first.title):
        await ingest(library, tenant, Upload("a.md", markdown(), "values", {}), "hr", replaces=second.id)


async def test_how_many_passages_hold_a_word_is_always_true(library: Library, tenant: TenantId) -> None:
    first = await ingest(library, tenant, Upload("a.md", markdown(), "values", {}), "hr")
    await ingest(library, tenant, Upload("b.txt", OTHER, "values", {}), "hr")
    await ingest(library, tenant, Upload("c.txt", OTHER + b"A second time.", "values", {}), "hr", replaces=first.id)
    async with library.database.tenant(tenant) as tx:
        counted = await tx.connection.execute(
            "select word, passages from corpus_words where word <> '' order by word collate \"C\""
        )
        true = await tx.connection.execute(
            "select word, count(*) from rag_corpus, unnest(tsvector_to_array(search)) word "
            'group by word order by word collate "C"'
        )
        assert await counted.fetchall() == await true.fetchall() != []
        in_all = await tx.connection.execute("select passages from corpus_words where word = ''")
        assert await in_all.fetchall() == [(2,)]
        for document in await list_documents(tx):
            await delete_document(tx, document.id)
    assert await rows(library.database, "corpus_words") == 0


async def test_a_server_follows_when_the_corpus_moves_to_another_model(
    database: Database, database_url: str, tenant: TenantId
) -> None:
    moved = replace(MODEL, name="other")
    library = Library(database, MODEL, lambda name: moved)
    await ingest(library, tenant, Upload("a.md", markdown(), "values", {}), "hr")
    async with await psycopg.AsyncConnection.connect(database_url) as owner:
        await owner.execute("update installation set embedding_model = 'other'")
    assert await CompanyRetriever(tenant=tenant, library=library).passages("compassion with frightened patients")
    assert library.model is moved
    with pytest.raises(EmbeddingsMoved, match="other"):
        await ingest(Library(database, MODEL), tenant, Upload("b.txt", OTHER, "values", {}), "hr")
