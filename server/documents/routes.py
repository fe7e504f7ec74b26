"""Company documents: upload, list, read, replace, delete, and what the coach would see."""

import json
from typing import Annotated

from fastapi import APIRouter, Form, UploadFile

from retrievers.errors import DocumentTooLarge
from retrievers.files import LARGEST_FILE, check_file, clean_name
from retrievers.search import CompanyRetriever
from server.documents.job_routes import ServerJobs, finished
from server.documents.jobs import JobRunner
from server.documents.library import ServerLibrary
from server.documents.shapes import Document as Shown
from server.documents.shapes import (
    DocumentDeleted,
    DocumentPassage,
    DocumentPassages,
    Documents,
    FoundPassage,
    Question,
    SearchResults,
    Uploaded,
    UploadStarted,
)
from server.http.errors import InvalidBody, NotFound
from server.http.held import ServerDatabase
from server.http.shapes import done
from server.identity.proofs import Admin, AdminTenant, CurrentAdmin
from state.clock import wire_time
from state.company import SLUG
from state.conversation import Passage
from state.identity import TenantId
from state.phases import GOAL_PHASES, Phase
from state.records.companies.tenants import company_of
from state.records.database import Database
from state.records.documents.documents import (
    Document,
    PassageRow,
    audit_document,
    delete_document,
    get_document,
    list_documents,
    passages_of,
)
from state.records.documents.jobs import NewJob
from state.text import storable

router = APIRouter(prefix="/api/admin", tags=["admins: documents"])

Category = Annotated[str, Form(pattern=SLUG)]
OtherCategory = Annotated[str | None, Form(pattern=SLUG)]
Metadata = Annotated[str, Form(max_length=4000)]
METADATA_FIELDS = {"title", "version", "department"}


@router.post("/rag/upload/{tenant_id}")
async def upload(
    jobs: ServerJobs,
    admin: CurrentAdmin,
    tenant: AdminTenant,
    file: UploadFile,
    category: Category,
    metadata: Metadata = "{}",
    background: bool = False,
) -> UploadStarted | Uploaded:
    """Read a document, cut it into passages and embed them; in the background the answer names a job to watch."""
    new = NewJob(_name(file), await _content(file), category, parse_metadata(metadata))
    return await _submitted(jobs, admin, tenant, new, background)


@router.put("/documents/{tenant_id}/{document_id}")
async def replace(
    database: ServerDatabase,
    jobs: ServerJobs,
    admin: CurrentAdmin,
    tenant: AdminTenant,
    document_id: str,
    file: UploadFile,
    category: OtherCategory = None,
    metadata: Metadata = "{}",
    background: bool = False,
) -> UploadStarted | Uploaded:
    """Put another file in a document's place; until it is read, and if it can't be, the old one stays."""
    given = parse_metadata(metadata)
    old = await _found(database, tenant, document_id)
    # The new file says its own title; what no file says is kept.
    kept = {name: value for name, value in (("version", old.version), ("department", old.department)) if value}
    new = NewJob(_name(file), await _content(file), category or old.category, {**kept, **given}, replaces=document_id)
    return await _submitted(jobs, admin, tenant, new, background)


@router.get("/documents/{tenant_id}")
async def listed(database: ServerDatabase, tenant: AdminTenant) -> Documents:
    """The company's documents, newest first."""
    async with database.tenant(tenant) as tx:
        documents = await list_documents(tx)
    return Documents(documents=[_document(d) for d in documents], total=len(documents))


@router.get("/documents/{tenant_id}/{document_id}")
async def read(database: ServerDatabase, tenant: AdminTenant, document_id: str) -> Shown:
    """One document."""
    return _document(await _found(database, tenant, document_id))


@router.get("/documents/{tenant_id}/{document_id}/passages")
async def passages(database: ServerDatabase, tenant: AdminTenant, document_id: str) -> DocumentPassages:
    """The passages of a document in order."""
    await _found(database, tenant, document_id)
    async with database.tenant(tenant) as tx:
        rows = await passages_of(tx, document_id)
    return DocumentPassages(passages=[_passage(row) for row in rows], total=len(rows))


@router.delete("/documents/{tenant_id}/{document_id}")
async def delete(
    database: ServerDatabase, admin: CurrentAdmin, tenant: AdminTenant, document_id: str
) -> DocumentDeleted:
    """Delete a document with its passages."""
    document = await _found(database, tenant, document_id)
    async with database.tenant(tenant) as tx:
        if not await delete_document(tx, document_id):
            raise NotFound
        await audit_document(tx, admin.caller, "deleted", document)
    return DocumentDeleted(**done(f"Document {document_id} was deleted"), chunks_deleted=document.passages)


@router.post("/rag/search/{tenant_id}")
async def search(
    database: ServerDatabase, library: ServerLibrary, tenant: AdminTenant, body: Question
) -> SearchResults:
    """What the coach would see for a question."""
    categories = body.categories or await _categories(database, tenant, body.phase)
    retriever = CompanyRetriever(tenant=tenant, library=library, categories=categories, k=body.k)
    return SearchResults(results=[_found_passage(passage) for passage in await retriever.passages(body.query)])


def parse_metadata(text: str) -> dict[str, str]:
    """The upload's metadata: title, version and department as text. Raises InvalidBody for anything else."""
    try:
        value = json.loads(text or "{}")
    except ValueError:
        raise InvalidBody(
            'metadata must be JSON, for example {"title": "Career Framework", "version": "1.0"}'
        ) from None
    if not isinstance(value, dict) or not set(value) <= METADATA_FIELDS:
        raise InvalidBody(f"metadata may hold {', '.join(sorted(METADATA_FIELDS))} only")
    if not all(isinstance(v, str) and len(v) <= 200 and storable(v) for v in value.values()):
        raise InvalidBody("metadata values must be text of at most 200 characters")
    return value


def _name(file: UploadFile) -> str:
    return clean_name(file.filename or "document")


async def _content(file: UploadFile) -> bytes:
    data = await file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise DocumentTooLarge(filename=_name(file))
    return data


async def _submitted(
    jobs: JobRunner, admin: Admin, tenant: TenantId, new: NewJob, background: bool
) -> UploadStarted | Uploaded:
    """The answer of a file that was taken: its job at once, or its document when it is there."""
    check_file(new.filename, new.data)
    job_id = await jobs.submit(tenant, admin.caller, new)
    if background:
        message = f"The document is being processed; its progress is at /api/admin/jobs/{job_id}"
        return UploadStarted(
            **done(message), job_id=job_id, status="queued", filename=new.filename, category=new.category
        )
    job = await finished(jobs, tenant, job_id)
    return Uploaded(
        **done("Document processed successfully"),
        chunks_created=job.chunks_created or 0,
        document_id=job.document_id or "",
        category=job.category,
    )


async def _found(database: Database, tenant: TenantId, document_id: str) -> Document:
    async with database.tenant(tenant) as tx:
        document = await get_document(tx, document_id)
    if document is None:
        raise NotFound
    return document


async def _categories(database: Database, tenant: TenantId, phase: Phase | None) -> tuple[str, ...]:
    if phase not in GOAL_PHASES:
        return ()
    async with database.tenant(tenant) as tx:
        return tuple((await company_of(tx)).brief(phase)["categories"])


def _document(document: Document) -> Shown:
    return Shown(
        id=document.id,
        filename=document.filename,
        title=document.title,
        version=document.version,
        department=document.department,
        category=document.category,
        pages=document.pages,
        chunks=document.passages,
        uploaded_by=document.uploaded_by,
        created_at=wire_time(document.created_at),
        updated_at=wire_time(document.updated_at),
    )


def _passage(row: PassageRow) -> DocumentPassage:
    return DocumentPassage(
        content=row.content, title=row.title, heading=row.heading, page=row.page, position=row.position
    )


def _found_passage(passage: Passage) -> FoundPassage:
    return FoundPassage(
        content=passage.content,
        document=passage.document,
        document_id=passage.document_id,
        page=passage.page,
        category=passage.category,
        relevance=passage.relevance,
        heading=passage.heading,
        version=passage.version,
    )
