"""What company documents and upload jobs send and take."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType, TypedDict

from server.http.shapes import Body, ErrorEvent, Success, WireTime
from state.company import SLUG
from state.phases import Phase
from state.records.documents.jobs import JobError, Status


class Document(TypedDict):
    """A company document."""

    id: str
    filename: str
    title: str
    version: str | None
    department: str | None
    category: str
    pages: int | None
    chunks: int
    uploaded_by: str
    created_at: WireTime
    updated_at: WireTime


class Documents(TypedDict):
    """`GET /api/admin/documents/{tenant_id}`, newest first."""

    documents: list[Document]
    total: int


class DocumentDeleted(Success):
    """`DELETE /api/admin/documents/{tenant_id}/{document_id}`."""

    chunks_deleted: int


class DocumentPassage(TypedDict):
    """A passage of a document."""

    content: str
    title: str
    heading: str
    page: int | None
    position: int


class DocumentPassages(TypedDict):
    """`GET /api/admin/documents/{tenant_id}/{document_id}/passages`, in order."""

    passages: list[DocumentPassage]
    total: int


class UploadStarted(Success):
    """`POST /api/admin/rag/upload/{tenant_id}?background=true`."""

    job_id: str
    status: Literal["queued"]
    filename: str
    category: str


class Uploaded(Success):
    """`POST /api/admin/rag/upload/{tenant_id}`."""

    chunks_created: int
    document_id: str
    category: str


class Job(TypedDict):
    """How far an uploaded file is. What isn't known yet is null."""

    job_id: str
    tenant_id: str
    status: Status
    filename: str
    category: str
    document_id: str | None
    chunks_created: int | None
    pages_read: int
    pages: int | None
    passages_done: int
    passages: int | None
    embeddings_per_second: float | None
    remaining_seconds: float | None
    error: JobError | None
    created_at: WireTime
    started_at: WireTime | None
    finished_at: WireTime | None


class Jobs(TypedDict):
    """`GET /api/admin/jobs`: the uploads in hand, and those that ended within the last 24 hours."""

    jobs: list[Job]


class JobCancelled(TypedDict):
    """`DELETE /api/admin/jobs/{id}`."""

    job_id: str
    status: Literal["cancelled"]


class FoundPassage(TypedDict):
    """A passage that the coach would see."""

    content: str
    document: str
    document_id: str
    page: int | None
    category: str
    relevance: float
    """0 to 1."""
    heading: str
    version: str | None


class SearchResults(TypedDict):
    """`POST /api/admin/rag/search/{tenant_id}`."""

    results: list[FoundPassage]


class ProgressEvent(TypedDict):
    """At once, and whenever something changed."""

    event: Literal["progress"]
    data: Job


class DoneEvent(TypedDict):
    """The document is there; always last."""

    event: Literal["done"]
    data: Job


class CancelledEvent(TypedDict):
    """Somebody cancelled the job; always last."""

    event: Literal["cancelled"]
    data: Job


JobEvent = TypeAliasType(
    "JobEvent",
    Annotated[
        ProgressEvent | DoneEvent | CancelledEvent | ErrorEvent,
        Field(discriminator="event", description="One event of an upload job's stream."),
    ],
)


class Question(Body):
    """`POST /api/admin/rag/search/{tenant_id}`."""

    query: Annotated[str, Field(min_length=1, max_length=2000)]
    phase: Phase | None = None
    categories: Annotated[tuple[Annotated[str, Field(pattern=SLUG)], ...], Field(max_length=20)] | None = None
    k: Annotated[int, Field(ge=1, le=20)] = 3
