"""Jobs: an upload is accepted in one transaction and finished in the one that writes its document.

Whoever holds the newest fencing number runs it. Cancelling, or taking it over, changes the row; the one who runs it finds
that out before anything of the document is written.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict
from ulid import ULID

from state.errors import PetrafError
from state.identity import Caller, TenantId, proven_tenant
from state.records.audit import audit
from state.records.database import Database, Transaction
from state.records.documents.documents import Document

Status = Literal["queued", "running", "done", "failed", "cancelled"]
OVER: tuple[Status, ...] = ("done", "failed", "cancelled")

LEASE_SECONDS = 10.0
"""A dead server's job is free after this."""
RECENT_HOURS = 24
MOST_LISTED = 500
KEPT_DAYS = 7
"""How long a finished job can be asked about."""


class JobNotFound(PetrafError):
    """There is no such job here. Check the id; jobs are forgotten a week after their end."""

    code = "JOB_NOT_FOUND"


class JobOver(PetrafError):
    """This job is {status} already, so there is nothing to cancel. Delete its document if you don't want it."""

    code = "JOB_OVER"


class JobLost(PetrafError):
    """This job was cancelled or taken over by another server. Read the job to see where it stands."""

    code = "JOB_LOST"


class JobError(TypedDict):
    """Why a job failed: what the API says, and with which HTTP status."""

    error: str
    message: str
    recoverable: bool
    status: int


@dataclass(frozen=True, slots=True)
class NewJob:
    """A file that a company's admin sent. `replaces` names the document whose place it takes."""

    filename: str
    data: bytes = field(repr=False)
    category: str
    metadata: dict[str, str]
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as its company sees it."""

    id: str
    tenant_id: UUID
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
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status in OVER


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to run a job once, with all it needs."""

    id: str
    tenant_id: UUID
    replaces: str | None
    filename: str
    category: str
    metadata: dict[str, str]
    data: bytes = field(repr=False)
    uploaded_by: str
    ip: str | None
    user_agent: str | None
    fence: int
    attempt: int

    @property
    def tenant(self) -> TenantId:
        """Whose job it is."""
        return proven_tenant(self.tenant_id)

    @property
    def caller(self) -> Caller:
        """Whom the audit names: who sent the file, wherever the job runs by now."""
        return Caller(self.uploaded_by, self.ip, self.user_agent)


@dataclass(frozen=True, slots=True)
class Figures:
    """How far an ingestion is. What isn't known yet is None."""

    pages_read: int = 0
    pages: int | None = None
    passages_done: int = 0
    passages: int | None = None
    embeddings_per_second: float | None = None
    remaining_seconds: float | None = None


async def add_job(tx: Transaction, caller: Caller, new: NewJob) -> str:
    """Queue a job; answers its id."""
    job_id = str(ULID())
    await tx.run(
        "insert_job",
        id=job_id,
        replaces=new.replaces,
        filename=new.filename,
        category=new.category,
        metadata=new.metadata,
        data=new.data,
        uploaded_by=caller.actor,
        ip=caller.ip,
        user_agent=caller.user_agent,
    )
    return job_id


async def get_job(tx: Transaction, job_id: str) -> JobRow:
    """One job. Raises JobNotFound."""
    row = await tx.first(JobRow, "job", id=job_id)
    if row is None:
        raise JobNotFound
    return row


async def tenant_of_job(tx: Transaction, job_id: str) -> TenantId:
    """Whose job it is, of those that the transaction sees. Raises JobNotFound."""
    tenant_id: UUID | None = await tx.value("tenant_of_job", id=job_id)
    if tenant_id is None:
        raise JobNotFound
    return proven_tenant(tenant_id)


async def claim_job(database: Database, owner: str) -> Claim | None:
    """One job that waits or whose server died, now ours under a new fencing number."""
    async with database.system() as tx:
        return await tx.first(Claim, "claim_job", owner=owner, lease=LEASE_SECONDS)


async def beat_job(tx: Transaction, claim: Claim, figures: Figures) -> bool:
    """Whether the job is still ours: then for another lease, and with these figures."""
    return bool(
        await tx.run(
            "beat_job",
            id=claim.id,
            fence=claim.fence,
            lease=LEASE_SECONDS,
            pages_read=figures.pages_read,
            pages=figures.pages,
            passages_done=figures.passages_done,
            passages=figures.passages,
            embeddings_per_second=figures.embeddings_per_second,
            remaining_seconds=figures.remaining_seconds,
        )
    )


async def holds_job(tx: Transaction, claim: Claim) -> bool:
    """Whether the job is still ours."""
    return await tx.value("held_job", id=claim.id, fence=claim.fence) is not None


async def finish_job(tx: Transaction, claim: Claim, document: Document) -> None:
    """End a job with its document, in the document's own transaction. Raises JobLost, which takes the document back."""
    done = await tx.run(
        "finish_job",
        id=claim.id,
        fence=claim.fence,
        document_id=document.id,
        chunks=document.passages,
        pages=document.pages,
    )
    if not done:
        raise JobLost


async def fail_job(tx: Transaction, claim: Claim, error: JobError) -> None:
    """End a job with what went wrong. Raises JobLost when it isn't ours or ended before."""
    if not await tx.run("fail_job", id=claim.id, fence=claim.fence, error=dict(error)):
        raise JobLost


async def recent_jobs(tx: Transaction) -> list[JobRow]:
    """The jobs that wait, run, or were sent within the last day: those in hand first, then the newest; five hundred at most."""
    return await tx.all(JobRow, "recent_jobs", hours=RECENT_HOURS, limit=MOST_LISTED)


async def cancel_job(tx: Transaction, job_id: str, caller: Caller) -> None:
    """Cancel a job that waits or runs, and audit it. Raises JobNotFound or JobOver."""
    if not await tx.run("cancel_job", id=job_id):
        raise JobOver(status=(await get_job(tx, job_id)).status)
    job = await get_job(tx, job_id)
    shown = {"filename": job.filename, "category": job.category}
    await audit(tx, caller, "rag.upload_cancelled", ("job", job_id), payload=shown)


async def release_jobs(database: Database, owner: str) -> None:
    """Give a stopping server's jobs back, so that another or the next one goes on at once."""
    async with database.system() as tx:
        await tx.run("release_jobs", owner=owner)


async def drop_old_jobs(database: Database) -> None:
    """Forget the jobs that ended a week ago."""
    async with database.system() as tx:
        await tx.run("drop_old_jobs", days=KEPT_DAYS)
