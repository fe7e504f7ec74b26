"""Jobs: how far an uploaded file is, as an answer or as a stream, and cancelling it.

A stream's events: progress at once and whenever something changed; then done, error or cancelled, always last.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from sse_starlette import EventSourceResponse

from server.documents.jobs import JobRunner
from server.http.errors import error_event
from server.http.held import ServerDatabase, held
from server.http.sse import stream
from server.identity.proofs import CurrentAdmin, Reach, reaching
from state.clock import wire_time
from state.conversation import Event
from state.errors import PetrafError
from state.identity import TenantId
from state.records.documents.jobs import JobError, JobRow, recent_jobs, tenant_of_job

router = APIRouter(prefix="/api/admin/jobs", tags=["jobs"])

ServerJobs = Annotated[JobRunner, Depends(held(JobRunner))]
TIMES = ("created_at", "started_at", "finished_at")


class JobCancelled(PetrafError):
    """This upload was cancelled while it was read; nothing was changed. Upload the file again if that wasn't meant."""

    code = "JOB_CANCELLED"
    status = 409


async def _job_tenant(database: ServerDatabase, admin: CurrentAdmin, job_id: str) -> TenantId:
    """Whose job the path names, when this admin may touch it; another company's is as if it were not there."""
    async with reaching(database, admin.tenant) as tx:
        return await tenant_of_job(tx, job_id)


JobTenant = Annotated[TenantId, Depends(_job_tenant)]


@router.get("")
async def listed(database: ServerDatabase, reach: Reach) -> dict[str, Any]:
    """The uploads in hand and those of the last 24 hours, in hand first, then the newest; five hundred at most.

    For a system key every company's, or those of the company that `tenant_id` names.
    """
    async with reaching(database, reach) as tx:
        jobs = await recent_jobs(tx)
    return {"jobs": [_described(job) for job in jobs]}


@router.get("/{job_id}")
async def read(jobs: ServerJobs, tenant: JobTenant, job_id: str) -> dict[str, Any]:
    """How far a job is."""
    return _described(await jobs.find(tenant, job_id))


@router.get("/{job_id}/stream")
async def follow(jobs: ServerJobs, tenant: JobTenant, job_id: str) -> EventSourceResponse:
    """The job's progress until it is over, from any replica; a client that reconnects gets where it stands then."""
    return stream((None, event) async for event in _events(jobs, tenant, job_id))


@router.delete("/{job_id}")
async def cancel(jobs: ServerJobs, admin: CurrentAdmin, tenant: JobTenant, job_id: str) -> dict[str, Any]:
    """Cancel a job that waits or runs; that is audited."""
    await jobs.cancel(tenant, job_id, admin.caller)
    return {"job_id": job_id, "status": "cancelled"}


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
                yield Event(event="progress", data=_described(job))
                if job.over:
                    yield _last(job)
    except PetrafError as error:
        yield error_event(error)


def _last(job: JobRow) -> Event:
    if job.error:
        return error_event(_told(job.error))
    return Event(event=job.status, data=_described(job))


def _told(error: JobError) -> PetrafError:
    """The error that a job failed with, as it was when it was raised, wherever that was."""

    class Told(PetrafError):
        """Its message is the job's."""

        code = error["error"]
        status = error["status"]
        recoverable = error["recoverable"]

    return Told(error["message"])


def _described(job: JobRow) -> dict[str, Any]:
    """A job on the wire."""
    shown = asdict(job)
    times = {name: wire_time(shown[name]) if shown[name] else None for name in TIMES}
    return {"job_id": shown.pop("id"), **shown, "tenant_id": str(job.tenant_id), **times}
