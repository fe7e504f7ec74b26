"""Documents and their passages as rows. A document is written, replaced and deleted whole, in one transaction."""

from array import array
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from state.errors import PetrafError
from state.identity import Caller
from state.records.audit import audit
from state.records.database import Transaction

INSERTED_AT_ONCE = 500


class DocumentNotFound(PetrafError):
    """There is no such document here. Check the id; GET the company's documents lists them."""

    code = "NOT_FOUND"


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
class NewDocument:
    """What is written of a document; `id` is an existing one's where it replaces that."""

    id: str
    filename: str
    title: str
    version: str | None
    department: str | None
    category: str
    content_hash: str
    pages: int | None
    uploaded_by: str


@dataclass(frozen=True, slots=True)
class NewPassage:
    """What is written of a passage."""

    content: str
    embedding: "array[float]"
    """Single floats: a long document's vectors wait here until all are made."""
    heading: str
    page: int | None
    position: int


@dataclass(frozen=True, slots=True)
class PassageRow:
    """One passage of a document."""

    content: str
    title: str
    heading: str
    page: int | None
    position: int


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


async def lock_corpus(tx: Transaction) -> None:
    """One writer of a company's corpus at a time, until the transaction ends."""
    await tx.run("lock_corpus")


async def hold_embedding_model(tx: Transaction) -> str:
    """The model of the corpus' vectors, which can't change until the transaction ends."""
    await tx.run("hold_embedding_model")
    return str(
        await tx.value("embedding_model")
    )  # a statement of its own sees what was committed while the lock was waited for


async def save_document(tx: Transaction, new: NewDocument, passages: Sequence[NewPassage]) -> Document:
    """Write a document with its passages in place of the one with the same id, if any. Call `lock_corpus` first."""
    await tx.run("save_document", passages=len(passages), **asdict(new))
    await tx.run("delete_passages", document_id=new.id)
    for start in range(0, len(passages), INSERTED_AT_ONCE):
        some = [
            {**asdict(passage), "embedding": str(passage.embedding.tolist())}
            for passage in passages[start : start + INSERTED_AT_ONCE]
        ]
        await tx.run("insert_passages", document_id=new.id, passages=some)
    document = await get_document(tx, new.id)
    if document is None:
        raise LookupError(f"document {new.id} is not there right after it was written")
    return document


async def delete_document(tx: Transaction, document_id: str) -> bool:
    """Delete a document with its passages; whether there was one."""
    await lock_corpus(tx)
    return bool(await tx.run("delete_document", id=document_id))


async def audit_document(
    tx: Transaction, caller: Caller, what: Literal["uploaded", "replaced", "deleted"], document: Document
) -> None:
    """The audit row of a document that came, changed or went (spec: rag.document_uploaded)."""
    payload = {"category": document.category, "chunks": document.passages, "filename": document.filename}
    await audit(tx, caller, f"rag.document_{what}", ("rag_corpus", document.id), payload=payload)
