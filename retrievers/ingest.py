"""From an uploaded file to passages that can be found.

Passages are written one by one, so a document is only published, and found, once all of them are there; on any failure
it is taken back whole.
"""

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from psycopg.errors import UniqueViolation
from ulid import ULID

from retrievers.embeddings import embed_passages
from retrievers.library import Library, tenant_scope
from retrievers.parse import Parsed, parse
from retrievers.passages import Piece
from state.identity import TenantId
from state.records.documents import Document, delete_document, find_by_hash, get_document

BATCH = 32
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file and what its uploader said of it: title, version, department."""

    filename: str
    data: bytes
    category: str
    metadata: Mapping[str, str]


async def ingest(
    library: Library, tenant: TenantId, upload: Upload, uploaded_by: str, on_progress: Progress | None = None
) -> Document:
    """Read, cut, embed and publish a document; the same content in the same category is answered as it is.

    `on_progress` hears passages done and in all. Raises the errors of `parse` and EmbeddingsUnavailable.
    """
    content_hash = hashlib.sha256(upload.data).hexdigest()
    async with library.database.tenant(tenant) as tx:
        known = await find_by_hash(tx, upload.category, content_hash)
    if known:
        return known
    parsed = await asyncio.to_thread(parse, upload.filename, upload.data)
    document_id = str(ULID())
    await _insert(library, tenant, document_id, upload, parsed, content_hash, uploaded_by)
    published = False
    try:
        await _add_passages(library, tenant, document_id, upload, parsed, on_progress)
        document = await _publish(library, tenant, document_id)
        published = True
        return document
    except UniqueViolation:
        async with library.database.tenant(tenant) as tx:
            twin = await find_by_hash(tx, upload.category, content_hash)
        if twin is None:
            raise
        return twin
    finally:
        if not published:
            async with library.database.tenant(tenant) as tx:
                await delete_document(tx, document_id)


async def _insert(
    library: Library,
    tenant: TenantId,
    document_id: str,
    upload: Upload,
    parsed: Parsed,
    content_hash: str,
    uploaded_by: str,
) -> None:
    async with library.database.tenant(tenant) as tx:
        await tx.run(
            "insert_document",
            id=document_id,
            filename=parsed.filename,
            title=upload.metadata.get("title") or parsed.title,
            version=upload.metadata.get("version"),
            department=upload.metadata.get("department"),
            category=upload.category,
            content_hash=content_hash,
            pages=parsed.pages,
            passages=len(parsed.pieces),
            uploaded_by=uploaded_by,
        )


async def _add_passages(
    library: Library, tenant: TenantId, document_id: str, upload: Upload, parsed: Parsed, on_progress: Progress | None
) -> None:
    title = upload.metadata.get("title") or parsed.title
    total = len(parsed.pieces)
    for start in range(0, total, BATCH):
        batch = parsed.pieces[start : start + BATCH]
        vectors = await embed_passages(library.model, [_embedded(title, piece) for piece in batch])
        columns = [_columns(document_id, upload, title, piece) for piece in batch]
        with tenant_scope(tenant):
            await library.store.aadd_embeddings([piece.content for piece in batch], vectors, columns)
        if on_progress:
            on_progress(start + len(batch), total)


def _embedded(title: str, piece: Piece) -> str:
    """Title and heading say what a passage is about, so they are embedded with it."""
    return "\n".join(part for part in (title, piece.heading, piece.content) if part)


def _columns(document_id: str, upload: Upload, title: str, piece: Piece) -> dict[str, object]:
    return {
        "document_id": document_id,
        "category": upload.category,
        "title": title,
        "heading": piece.heading,
        "page": piece.page,
        "position": piece.position,
        **{key: value for key, value in upload.metadata.items() if key != "title"},
    }


async def _publish(library: Library, tenant: TenantId, document_id: str) -> Document:
    async with library.database.tenant(tenant) as tx:
        await tx.run("publish_document", id=document_id)
        document = await get_document(tx, document_id)
    if document is None:
        raise LookupError(f"document {document_id} vanished while it was published")
    return document
