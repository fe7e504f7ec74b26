"""The JSON that the console for HR reads, answer by answer, where its route doesn't declare it; `make types` reads it."""

from typing import Any, Literal

from pydantic import ConfigDict
from typing_extensions import TypedDict

from server.sessions.shapes import Success
from server.turns.events import Job, WireTime
from state.company import TenantConfig
from state.phases import GoalType


class SignedInCompany(TypedDict):
    """Whose admin it is."""

    id: str
    name: str
    slug: str
    domain: str


class SignedIn(TypedDict):
    """`POST /api/admin/login` and `GET /api/admin/me`."""

    email: str
    tenant: SignedInCompany | None
    """Null for a system key."""
    expires_at: WireTime | None
    """Null where the key came in a header."""


class ListedTenant(TypedDict):
    """A company that an admin sees."""

    id: str
    slug: str
    name: str
    domain: str
    status: Literal["active", "inactive"]
    created_at: WireTime


class Tenants(TypedDict):
    """`GET /api/admin/tenants`."""

    tenants: list[ListedTenant]
    total: int


class Overview(TypedDict):
    """`GET /api/admin/stats/overview`."""

    total_tenants: int
    active_tenants: int
    total_sessions: int
    active_sessions: int
    completed_sessions: int
    abandoned_sessions: int
    total_messages_today: int
    total_goals_created: int
    goals_by_type: dict[GoalType, int]
    avg_completion_rate: float
    avg_session_duration_minutes: int
    avg_score: float
    timestamp: WireTime


class AuditEntry(TypedDict):
    """An audited action; the address is masked."""

    id: str
    tenant_id: str | None
    session_id: str | None
    actor: str
    action: str
    resource_type: str
    resource_id: str | None
    payload: dict[str, Any]
    changes: dict[str, Any]
    status: str
    ip_address: Literal["***"] | None
    user_agent: str | None
    created_at: WireTime


class AuditPage(TypedDict):
    """`GET /api/admin/audit-logs`."""

    logs: list[AuditEntry]
    total: int
    page: int
    per_page: int


class Config(TenantConfig):
    """`GET` and `PUT /api/admin/config/{tenant_id}`; send it back without `version`, and the version as `If-Match`."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    version: int


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
