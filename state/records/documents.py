"""Documents and their passages as rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from state.identity import Caller
from state.records.audit import audit
from state.records.database import Transaction


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a company."""

    id: str
    filename: str
    title: str
    version: str | None
    department: str | None
    category: str
    pages: int | None
    passages: int
    uploaded_by: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class PassageRow:
    """One passage of a document."""

    content: str
    title: str
    heading: str
    page: int | None
    position: int


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that a search found, with both of its scores."""

    content: str
    document: str
    document_id: str
    page: int | None
    category: str
    heading: str
    similarity: float
    """Cosine similarity to the query."""
    coverage: float
    """Share of the query's information (idf) that the passage's words hold; a little above 1 with title matches."""


async def list_documents(tx: Transaction) -> list[Document]:
    """The company's documents, newest first."""
    return await tx.all(Document, "documents")


async def get_document(tx: Transaction, document_id: str) -> Document | None:
    """One document, or None."""
    return await tx.first(Document, "document", id=document_id)


async def find_by_hash(tx: Transaction, category: str, content_hash: str) -> Document | None:
    """The document with the same content in the same category, or None."""
    return await tx.first(Document, "document_by_hash", category=category, content_hash=content_hash)


async def passages_of(tx: Transaction, document_id: str) -> list[PassageRow]:
    """The passages of a document in order."""
    return await tx.all(PassageRow, "passages_of_document", document_id=document_id)


async def delete_document(tx: Transaction, document_id: str) -> bool:
    """Delete a document with its passages; whether there was one."""
    return bool(await tx.run("delete_document", id=document_id))


async def audit_document(
    tx: Transaction, caller: Caller, what: Literal["uploaded", "deleted"], document: Document
) -> None:
    """The audit row of a document that came or went (spec: rag.document_uploaded)."""
    payload = {"category": document.category, "chunks": document.passages, "filename": document.filename}
    await audit(tx, caller, f"rag.document_{what}", ("rag_corpus", document.id), payload=payload)
