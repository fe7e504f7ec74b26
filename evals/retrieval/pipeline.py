"""Brings the data into a database of its own as Petraf does: files through the reader, vectors of the local model, Postgres."""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex

import psycopg
from langchain_core.embeddings import Embeddings
from psycopg.errors import InsufficientPrivilege
from psycopg.rows import class_row
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from evals.retrieval.dataset import Data, Organisation
from evals.retrieval.measure import Stored, Uploaded
from migrations.apply import upgrade
from retrievers.embeddings import LOCAL, build_embeddings
from retrievers.ingest import Upload, ingest
from retrievers.library import Library
from state.errors import PetrafError
from state.identity import TenantId, proven_tenant
from state.records.companies.tenants import NewTenant, seed_tenant
from state.records.database import Database
from state.records.embedded import embedded_postgres

FOLDER = Path(".petraf") / "evaluation"
CATEGORY = "company_documents"
# Petraf itself never asks across companies, so this stands here and not among its statements.
EVERYBODYS = """
select d.tenant_id, d.id as document_id, p.content
from documents d join rag_corpus p on p.document_id = d.id and p.tenant_id = d.tenant_id
"""

Told = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is, and of how much."""


class NoScratchDatabase(PetrafError):
    """PETRAF_DATABASE_URL: no database for the evaluation can be made there ({reason}). Name a login that may create databases
    and the extension vector, or leave it out for the embedded server."""

    code = "DATABASE_UNAVAILABLE"


@contextmanager
def scratch_database(server: str | None) -> Iterator[str]:
    """A migrated database of this evaluation's own, on `server` or the embedded one; dropped at the end."""
    if server is None:
        with embedded_postgres(FOLDER) as url, scratch_database(url) as scratch:
            yield scratch
        return
    model = build_embeddings(LOCAL)
    name = f"petraf_eval_{token_hex(6)}"
    try:
        _about_database(server, "create database {}", name)
    except psycopg.Error as error:
        raise NoScratchDatabase(reason=str(error).strip().splitlines()[0]) from None
    try:
        url = make_url(server).set(database=name).render_as_string(hide_password=False)
        try:
            upgrade(url, model.name, model.dimensions)
        except (SQLAlchemyError, InsufficientPrivilege) as error:
            raise NoScratchDatabase(reason=str(error).strip().splitlines()[0]) from None
        yield url
    finally:
        _about_database(server, "drop database {} with (force)", name)


def _about_database(server: str, statement: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL(statement).format(Identifier(name)))


class TimedEmbeddings(Embeddings):
    """Times each query's vector, and keeps it: a question is asked as every company, and embedded once."""

    def __init__(self, model: Embeddings) -> None:
        self.spent = 0.0
        """Seconds on queries so far."""
        self._model = model
        self._kept: dict[str, list[float]] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """As the model does."""
        return self._model.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """As the model does."""
        return self._model.embed_query(text)

    async def aembed_documents(self, texts: list[str]) -> list[list[float]]:
        """As the model does."""
        return await self._model.aembed_documents(texts)

    async def aembed_query(self, text: str) -> list[float]:
        """As the model does, once a text."""
        if text not in self._kept:
            started = time.perf_counter()
            self._kept[text] = await self._model.aembed_query(text)
            self.spent += time.perf_counter() - started
        return self._kept[text]


@dataclass(frozen=True, slots=True)
class Installation:
    """All organisations with their documents in one database."""

    library: Library
    timed: TimedEmbeddings
    """The library's model."""
    tenants: Mapping[str, TenantId]
    documents: Mapping[str, Mapping[str, str]]
    """By organisation and file."""
    uploaded: Mapping[str, Uploaded]
    stored: frozenset[Stored]
    """All passages of all companies, as the tables say whose they are."""


async def install(data: Data, database: Database, told: Told) -> Installation:
    """Upload all documents into an empty database."""
    model = build_embeddings(LOCAL)
    timed = TimedEmbeddings(model.embeddings)
    library = Library(database, replace(model, embeddings=timed))
    tenants: dict[str, TenantId] = {}
    documents: dict[str, dict[str, str]] = {}
    uploaded: dict[str, Uploaded] = {}
    for number, organisation in enumerate(data.organisations):
        name = organisation.name
        tenants[name] = await _seed(database, number, organisation)
        documents[name], uploaded[name] = await _upload(library, tenants[name], organisation, told)
    return Installation(library, timed, tenants, documents, uploaded, await _everybodys(database))


async def _seed(database: Database, number: int, organisation: Organisation) -> TenantId:
    # A folder's name may be no slug, so they are numbered.
    slug = f"organisation-{number}"
    row, _ = await seed_tenant(database, NewTenant(slug, organisation.name, f"{slug}.example", "admin@localhost"))
    return proven_tenant(row.id)


async def _upload(
    library: Library, tenant: TenantId, organisation: Organisation, told: Told
) -> tuple[dict[str, str], Uploaded]:
    """The document of each file, and what became of them. A file that is refused is told, not fatal."""
    documents: dict[str, str] = {}
    passages: dict[str, int] = {}
    refused: dict[str, str] = {}
    started = time.perf_counter()
    for done, file in enumerate(organisation.files):
        told(f"Reading {organisation.name}", done, len(organisation.files))
        path = organisation.folder / file
        upload = Upload(path.name, await asyncio.to_thread(path.read_bytes), CATEGORY, {})
        try:
            document = await ingest(library, tenant, upload, "evaluation")
        except PetrafError as error:
            refused[file] = error.message
        else:
            documents[file] = document.id
            passages[document.id] = document.passages
    told(f"Reading {organisation.name}", len(organisation.files), len(organisation.files))
    seconds = time.perf_counter() - started
    return documents, Uploaded(len(passages), sum(passages.values()), seconds, refused)


async def _everybodys(database: Database) -> frozenset[Stored]:
    """All passages of all companies, as the tables say whose they are."""
    async with database.system() as tx, tx.connection.cursor(row_factory=class_row(Stored)) as cursor:
        await cursor.execute(EVERYBODYS)
        return frozenset(await cursor.fetchall())
