"""Fills the benchmark's database: by COPY as its owner, two companies at once, then indexes as the product builds them."""

import hashlib
import json
import struct
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import psycopg
from rich.progress import Progress

from bench.corpus import PER_DOCUMENT, SEED, SHARES, SIGMA, Company, Passages, documents_of, passages_of
from bench.places import ROOT
from bench.windows import Bases, Vectors
from migrations.apply import upgrade
from state.identity import TenantId

CONNECTIONS = 2
HEADER = b"PGCOPY\n\xff\r\n\x00" + struct.pack(">ii", 0, 0)
END = struct.pack(">h", -1)
PASSAGE_COLUMNS = "tenant_id, document_id, content, embedding, metadata, category, title, heading, page, position"
DOCUMENT_COLUMNS = "id, tenant_id, filename, title, category, content_hash, pages, passages, uploaded_by"


def stamp(bases: Bases, passages: int) -> list[str]:
    """Changes with what the loaded corpus depends on: with its texts and parameters first, then with its schema."""
    migrations = [
        path.read_text()
        for path in sorted((ROOT / "migrations" / "versions").glob("*.sql"))
        if "rag_corpus" in path.read_text() and not path.stem.endswith("_down")
    ]
    made_of = (passages, SEED, SIGMA, SHARES, PER_DOCUMENT, bases.windows.texts)
    return [hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16] for told in (made_of, migrations)]


def load(url: str, wanted: list[Company], bases: Bases, progress: Progress) -> None:
    """Migrate the database and write every company that isn't there yet."""
    upgrade(url, "local", bases.windows.vectors.shape[1])
    with psycopg.connect(url) as connection:
        held = {row[0] for row in connection.execute("select id from tenants")}
    missing = [company for company in wanted if company.tenant not in held]
    if not missing:
        return
    task = progress.add_task("loading passages", total=sum(company.passages for company in missing))
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        try:
            for done in as_completed([pool.submit(_write, url, company, bases) for company in missing]):
                progress.advance(task, done.result().passages)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    with psycopg.connect(url, autocommit=True) as connection:
        tidying = progress.add_task("vacuum analyze", total=None)
        connection.execute("vacuum analyze")
        progress.remove_task(tidying)


def _write(url: str, company: Company, bases: Bases) -> Company:
    """One company in one transaction, so that a run that was stopped goes on where it was."""
    passages = passages_of(company, bases)
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("set local synchronous_commit = off")
        name = f"bench-{company.number}"
        cursor.execute(
            "insert into tenants (id, slug, name, domain) values (%s, %s, %s, %s)",
            (company.tenant, name, name, f"{name}.example"),
        )
        with cursor.copy(f"copy documents ({DOCUMENT_COLUMNS}) from stdin".encode()) as copy:
            for start, end in documents_of(passages):
                copy.write_row(_document(company.tenant, passages, start, end))
        with cursor.copy(f"copy rag_corpus ({PASSAGE_COLUMNS}) from stdin (format binary)".encode()) as copy:
            copy.write(HEADER)
            for row in _rows(company.tenant, passages):
                copy.write(row)
            copy.write(END)
    return company


def _document(tenant: TenantId, passages: Passages, start: int, end: int) -> tuple[object, ...]:
    name = passages.document_ids[start]
    filename = f"{Path(name).name}.pdf"
    title, category = passages.titles[start], passages.categories[start]
    return name, tenant, filename, title, category, name, end - start, end - start, "bench"


def _rows(tenant: TenantId, passages: Passages) -> Iterator[bytes]:
    """Passages as COPY reads them in binary: ten times as fast to write as text."""
    owner = _field(tenant.bytes)
    embeddings = _vectors(passages.vectors)
    for number, (content, title, heading, category, document_id, embedding) in enumerate(
        zip(
            passages.contents,
            passages.titles,
            passages.headings,
            passages.categories,
            passages.document_ids,
            embeddings,
            strict=True,
        )
    ):
        metadata = json.dumps({"title": title, "version": "3", "page": number + 1})
        yield b"".join(
            (
                struct.pack(">h", 10),
                owner,
                _field(document_id.encode()),
                _field(content.encode()),
                _field(embedding),
                _field(b"\x01" + metadata.encode()),
                _field(category.encode()),
                _field(title.encode()),
                _field(heading.encode()),
                _field(struct.pack(">i", number + 1)),
                _field(struct.pack(">i", number)),
            )
        )


def _vectors(vectors: Vectors) -> Iterator[bytes]:
    head = struct.pack(">hh", vectors.shape[1], 0)
    for row in vectors.astype(">f2"):
        yield head + row.tobytes()


def _field(value: bytes) -> bytes:
    return struct.pack(">i", len(value)) + value
