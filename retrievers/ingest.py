"""From an uploaded file to passages that can be found: read, cut, embedded, then written whole in one transaction.

Until that transaction nothing of a new document is in the database, and an older version stays as it is.
"""

import asyncio
import hashlib
import math
import time
from array import array
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from ulid import ULID

from retrievers.embeddings import EmbeddingModel
from retrievers.errors import SameContent
from retrievers.files import Parsed
from retrievers.library import Library
from retrievers.passages import Piece
from retrievers.reading import read_document
from state.identity import TenantId
from state.records.database import Transaction
from state.records.documents.documents import (
    Document,
    DocumentNotFound,
    NewDocument,
    NewPassage,
    find_by_hash,
    get_document,
    hold_embedding_model,
    lock_corpus,
    save_document,
)
from state.records.documents.jobs import Figures


@dataclass(frozen=True, slots=True)
class Upload:
    """A file and what its uploader said of it: title, version, department."""

    filename: str
    data: bytes
    category: str
    metadata: Mapping[str, str]


OnProgress = Callable[[Figures], None]
Record = Callable[[Transaction, Document], Awaitable[None]]
"""What else is written in the document's own transaction; raising takes everything back."""


async def ingest(
    library: Library,
    tenant: TenantId,
    upload: Upload,
    uploaded_by: str,
    *,
    replaces: str | None = None,
    record: Record | None = None,
    on_progress: OnProgress | None = None,
) -> Document:
    """Make a file a document, or the new version of the document `replaces`. The same content in the same category is
    answered as it is, or written anew when the uploader says something else of it.

    Raises the errors of `read_document`, EmbeddingsUnavailable, DocumentNotFound and SameContent.
    """
    write = _Write(upload, uploaded_by, replaces, record, hashlib.sha256(upload.data).hexdigest())
    async with library.database.tenant(tenant) as tx:
        known = await write.if_known(tx)
    if known:
        return known
    told = on_progress or (lambda _: None)
    parsed = await read_document(
        upload.filename, upload.data, lambda read, pages: told(Figures(pages_read=read, pages=pages))
    )
    while True:
        model = library.model
        embedded = await embed_pieces(library, model, write.title(parsed), parsed, told)
        async with library.database.tenant(tenant) as tx:
            held = await hold_embedding_model(tx)
            if held == model.name:
                return await write.whole(tx, parsed, embedded)
        await library.follow(held)


async def embed_pieces(
    library: Library, model: EmbeddingModel, title: str, parsed: Parsed, told: OnProgress
) -> "list[array[float]]":
    """A vector for each piece, in order."""
    texts = [embedded_text(title, piece.heading, piece.content) for piece in parsed.pieces]
    vectors = [array("f")] * len(texts)
    meter = _Meter(parsed, told)
    starts = iter(range(0, len(texts), model.batch))

    async def embed_in_turn() -> None:
        # A batch at a time, so that a long document doesn't keep everybody else's waiting.
        for start in starts:
            batch = texts[start : start + model.batch]
            for offset, vector in enumerate(await library.embed(model, batch)):
                vectors[start + offset] = array("f", vector)
            meter.embedded(len(batch))

    tasks = [asyncio.create_task(embed_in_turn()) for _ in range(model.at_once)]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
    return vectors


def embedded_text(title: str, heading: str, content: str) -> str:
    """Title and heading say what a passage is about, so they are embedded with it."""
    return "\n".join(part for part in (title, heading, content) if part)


class _Meter:
    """Counts embeddings and says how many come a second."""

    def __init__(self, parsed: Parsed, told: OnProgress) -> None:
        self._pages = parsed.pages
        self._passages = len(parsed.pieces)
        self._told = told
        self._done = 0
        self._started = time.monotonic()
        self._tell(None)

    def embedded(self, count: int) -> None:
        """`count` more are done."""
        self._done += count
        self._tell(self._done / max(time.monotonic() - self._started, 1e-3))

    def _tell(self, rate: float | None) -> None:
        left = self._passages - self._done
        # Rounded up: while anything is left to do, so is some time.
        rounded = (round(rate, 1), math.ceil(10 * left / rate) / 10) if rate else (None, None)
        self._told(Figures(self._pages or 0, self._pages, self._done, self._passages, *rounded))


@dataclass(frozen=True, slots=True)
class _Write:
    """What is to be written, and over what."""

    upload: Upload
    uploaded_by: str
    replaces: str | None
    record: Record | None
    content_hash: str
    """By which the same file is known again."""

    def title(self, parsed: Parsed) -> str:
        """As the uploader says, else as the document says."""
        return self.upload.metadata.get("title") or parsed.title

    async def if_known(self, tx: Transaction) -> Document | None:
        """The document as it is when this very file is there with the same said of it."""
        known = await self._same_content(tx)
        if known is None or self._says_anew(known):
            return None
        await self._recorded(tx, known)
        return known

    async def whole(self, tx: Transaction, parsed: Parsed, vectors: "list[array[float]]") -> Document:
        """Write the document, unless the same file came from elsewhere meanwhile."""
        await lock_corpus(tx)
        if known := await self.if_known(tx):
            return known
        before = await self._same_content(tx)
        passages = [_passage(piece, vector) for piece, vector in zip(parsed.pieces, vectors, strict=True)]
        document = await save_document(tx, self._document(parsed, before), passages)
        await self._recorded(tx, document)
        return document

    async def _same_content(self, tx: Transaction) -> Document | None:
        same = await find_by_hash(tx, self.upload.category, self.content_hash)
        if self.replaces and await get_document(tx, self.replaces) is None:
            raise DocumentNotFound
        if self.replaces and same and same.id != self.replaces:
            raise SameContent(filename=self.upload.filename, title=same.title)
        return same

    def _says_anew(self, known: Document) -> bool:
        held = {"title": known.title, "version": known.version, "department": known.department}
        return any(held[name] != said for name, said in self.upload.metadata.items())

    def _document(self, parsed: Parsed, before: Document | None) -> NewDocument:
        said = self.upload.metadata
        return NewDocument(
            id=self.replaces or (before.id if before else str(ULID())),
            filename=parsed.filename,
            title=self.title(parsed),
            version=said.get("version") or (before.version if before else None),
            department=said.get("department") or (before.department if before else None),
            category=self.upload.category,
            content_hash=self.content_hash,
            pages=parsed.pages,
            uploaded_by=self.uploaded_by,
        )

    async def _recorded(self, tx: Transaction, document: Document) -> None:
        if self.record:
            await self.record(tx, document)


def _passage(piece: Piece, vector: "array[float]") -> NewPassage:
    return NewPassage(piece.content, vector, piece.heading, piece.page, piece.position)
