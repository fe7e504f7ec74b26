"""Jobs: how far an uploaded file is, as an answer or as a stream, and cancelling it.

A stream's events: progress at once and whenever something changed; then done, error or cancelled, always last.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Depends

from server.documents.jobs import JobRunner
from server.documents.shapes import Job, JobEvent, Jobs
from server.documents.shapes import JobCancelled as Cancelled
from server.http.errors import error_event
from server.http.held import ServerDatabase, held
from server.http.sse import EventStream
from server.identity.proofs import CurrentAdmin, Reach, reaching
from state.clock import wire_time
from state.conversation import Event
from state.errors import PetrafError
from state.identity import TenantId
from state.records.documents.jobs import JobError, JobRow, recent_jobs, tenant_of_job

router = APIRouter(prefix="/api/admin/jobs", tags=["admins: documents"])

ServerJobs = Annotated[JobRunner, Depends(held(JobRunner))]


class JobCancelled(PetrafError):
    """This upload was cancelled while it was read; nothing was changed. Upload the file again if that wasn't meant."""

    code = "JOB_CANCELLED"


async def _job_tenant(database: ServerDatabase, admin: CurrentAdmin, job_id: str) -> TenantId:
    """Whose job the path names, when this admin may touch it; another company's is as if it were not there."""
    async with reaching(database, admin.tenant) as tx:
        return await tenant_of_job(tx, job_id)


JobTenant = Annotated[TenantId, Depends(_job_tenant)]


@router.get("")
async def listed(database: ServerDatabase, reach: Reach) -> Jobs:
    """The uploads in hand and those of the last 24 hours, in hand first, then the newest; five hundred at most.

    For a system key every company's, or those of the company that `tenant_id` names.
    """
    async with reaching(database, reach) as tx:
        jobs = await recent_jobs(tx)
    return Jobs(jobs=[_described(job) for job in jobs])


@router.get("/{job_id}")
async def read(jobs: ServerJobs, tenant: JobTenant, job_id: str) -> Job:
    """How far a job is."""
    return _described(await jobs.find(tenant, job_id))


@router.get("/{job_id}/stream", status_code=200, response_class=EventStream, responses={200: {"model": JobEvent}})
async def follow(jobs: ServerJobs, tenant: JobTenant, job_id: str) -> EventStream:
    """The job's progress until it is over, from any replica; a client that reconnects gets where it stands then."""
    return EventStream((None, event) async for event in _events(jobs, tenant, job_id))


@router.delete("/{job_id}")
async def cancel(jobs: ServerJobs, admin: CurrentAdmin, tenant: JobTenant, job_id: str) -> Cancelled:
    """Cancel a job that waits or runs; that is audited."""
    await jobs.cancel(tenant, job_id, admin.caller)
    return Cancelled(job_id=job_id, status="cancelled")


async def finished(jobs: JobRunner, tenant: TenantId, job_id: str) -> JobRow:
    """The job once it is done. Raises what it failed with, as the API would have told it at once, or JobCancelled."""
    job = await jobs.ended(tenant, job_id)
    if job.error:
        raise _told(job.error)
    if job.status == "cancelled":
        raise JobCancelled
    return job


async def _events(jobs: JobRunner, tenant: TenantId, job_id: str) -> AsyncGenerator[Event, None]:
    try:
        async with aclosing(jobs.watch(tenant, job_id)) as states:
            async for job in states:
                yield Event(event="progress", data=dict(_described(job)))
                if job.over:
                    yield _last(job)
    except PetrafError as error:
        yield error_event(error)


def _last(job: JobRow) -> Event:
    if job.error:
        return error_event(_told(job.error))
    return Event(event=job.status, data=dict(_described(job)))


def _told(error: JobError) -> PetrafError:
    """The error that a job failed with, as it was when it was raised, wherever that was."""

    class Told(PetrafError):
        """Its message is the job's."""

        code = error["error"]
        recoverable = error["recoverable"]

    return Told(error["message"])


def _described(job: JobRow) -> Job:
    """A job on the wire."""
    return Job(
        job_id=job.id,
        tenant_id=str(job.tenant_id),
        status=job.status,
        filename=job.filename,
        category=job.category,
        document_id=job.document_id,
        chunks_created=job.chunks_created,
        pages_read=job.pages_read,
        pages=job.pages,
        passages_done=job.passages_done,
        passages=job.passages,
        embeddings_per_second=job.embeddings_per_second,
        remaining_seconds=job.remaining_seconds,
        error=job.error,
        created_at=wire_time(job.created_at),
        started_at=wire_time(job.started_at) if job.started_at else None,
        finished_at=wire_time(job.finished_at) if job.finished_at else None,
    )
