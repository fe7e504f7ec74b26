"""The job runner: an uploaded file waits as a job in the database, and whichever server has a hand free reads it in.

Losing the client changes nothing. A lease is renewed while a job runs; the job of a server that died is taken over. Routes
only watch the row, so they can do it from any replica.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Self

import psycopg
from ulid import ULID

from retrievers.ingest import Upload, ingest
from retrievers.library import Library
from server.http.statuses import status_of
from state.errors import PetrafError
from state.identity import Caller, TenantId
from state.records.database import DatabaseUnavailable, Transaction
from state.records.documents.documents import Document, audit_document
from state.records.documents.jobs import (
    LEASE_SECONDS,
    Claim,
    Figures,
    JobError,
    JobLost,
    JobRow,
    NewJob,
    add_job,
    beat_job,
    cancel_job,
    claim_job,
    drop_old_jobs,
    fail_job,
    finish_job,
    get_job,
    holds_job,
    release_jobs,
)

log = logging.getLogger("petraf")

MOST_AT_ONCE = 2
"""Files that one server reads at the same time; the others wait, for any server."""
MOST_ATTEMPTS = 3
SWEEP_SECONDS = 2.0
BEAT_SECONDS = 0.5
POLL_SECONDS = 0.5
"""How often somebody who watches a job looks at its row."""
DROP_SECONDS = 3600.0


class JobGaveUp(PetrafError):
    """Reading this file was interrupted three times and is given up; nothing was changed. Upload it again, in smaller parts."""

    code = "JOB_GAVE_UP"
    recoverable = True


class JobBroke(PetrafError):
    """Something went wrong on our side while this file was read; nothing was changed. Upload it again."""

    code = "INTERNAL"
    recoverable = True


@dataclass(slots=True)
class _Run:
    """A job in hand."""

    claim: Claim
    figures: Figures = field(default_factory=Figures)
    finishing: bool = False
    """Whether its last transaction holds the row: nobody can take it then, and there is nothing to renew."""

    def hear(self, figures: Figures) -> None:
        """Remember how far it is, for the next heartbeat."""
        self.figures = figures


class JobRunner:
    """Accepts, runs, cancels and watches jobs."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._database = library.database
        self._owner = str(ULID())
        self._waiting = asyncio.Event()
        self._moved = asyncio.Event()

    @classmethod
    @asynccontextmanager
    async def start(cls, library: Library) -> AsyncIterator[Self]:
        """A runner at work; leaving stops its jobs and gives them back."""
        runner = cls(library)
        helpers = [asyncio.create_task(runner._serve()) for _ in range(MOST_AT_ONCE)]
        helpers.append(asyncio.create_task(runner._drop_old()))
        try:
            yield runner
        finally:
            for helper in helpers:
                helper.cancel()
            await asyncio.gather(*helpers, return_exceptions=True)
            with contextlib.suppress(DatabaseUnavailable):
                await release_jobs(runner._database, runner._owner)

    async def submit(self, tenant: TenantId, caller: Caller, new: NewJob) -> str:
        """Queue a job and let it run; answers its id."""
        async with self._database.tenant(tenant) as tx:
            job_id = await add_job(tx, caller, new)
        self._waiting.set()
        return job_id

    async def find(self, tenant: TenantId, job_id: str) -> JobRow:
        """One job. Raises JobNotFound."""
        async with self._database.tenant(tenant) as tx:
            return await get_job(tx, job_id)

    async def cancel(self, tenant: TenantId, job_id: str, caller: Caller) -> None:
        """Cancel a job; whichever server runs it stops soon and leaves nothing. Raises JobNotFound or JobOver."""
        async with self._database.tenant(tenant) as tx:
            await cancel_job(tx, job_id, caller)
        self._wake_watchers()

    async def watch(self, tenant: TenantId, job_id: str) -> AsyncGenerator[JobRow, None]:
        """The job as it is, and again whenever it changed, until it is over. Raises JobNotFound."""
        before: JobRow | None = None
        while before is None or not before.over:
            moved = self._moved
            job = await self.find(tenant, job_id)
            if job != before:
                yield job
            before = job
            if not job.over:
                await _within(moved, POLL_SECONDS)

    async def ended(self, tenant: TenantId, job_id: str) -> JobRow:
        """The job once it is over. Raises JobNotFound."""
        return [job async for job in self.watch(tenant, job_id)][-1]

    async def _serve(self) -> None:
        """One job after the other, of any company."""
        while True:
            self._waiting.clear()
            claim = await self._claim()
            if claim:
                self._waiting.set()  # there may be one more, for the other hand
                await self._run(claim)
                continue
            await _within(self._waiting, SWEEP_SECONDS)

    async def _claim(self) -> Claim | None:
        try:
            claim = await claim_job(self._database, self._owner)
        except (DatabaseUnavailable, psycopg.Error) as error:
            log.warning("looking for jobs failed (%s); trying again", type(error).__name__)
            return None
        if claim and claim.attempt > 1:
            log.warning("taking over job %s, attempt %d", claim.id, claim.attempt)
        return claim

    async def _run(self, claim: Claim) -> None:
        run = _Run(claim)
        work = asyncio.create_task(self._work(run))
        heart = asyncio.create_task(self._beat(run, work))
        try:
            await asyncio.wait({work})
        finally:
            heart.cancel()
            work.cancel()
            await asyncio.gather(heart, work, return_exceptions=True)
            self._wake_watchers()

    async def _work(self, run: _Run) -> None:
        """Read the file in. Holds the only catch-all: whatever breaks, the job says so."""
        try:
            if run.claim.attempt > MOST_ATTEMPTS:
                raise JobGaveUp
            await self._ingest(run)
        except JobLost:
            log.warning("job %s was cancelled or taken over by another server", run.claim.id)
        except DatabaseUnavailable:
            log.warning("job %s lost the database; its lease runs out and it is run again", run.claim.id)
        except PetrafError as error:
            await self._fail(run.claim, error)
        except Exception as error:
            # The place where it broke without the error's text, which may hold what stands in the file.
            place = (RuntimeError, RuntimeError(type(error).__name__), error.__traceback__)
            log.error("job %s broke: %s", run.claim.id, type(error).__name__, exc_info=place)
            await self._fail(run.claim, JobBroke())

    async def _ingest(self, run: _Run) -> None:
        claim = run.claim

        async def record(tx: Transaction, document: Document) -> None:
            run.finishing = True
            await finish_job(tx, claim, document)
            await audit_document(tx, claim.caller, "replaced" if claim.replaces else "uploaded", document)

        await ingest(
            self._library,
            claim.tenant,
            Upload(claim.filename, claim.data, claim.category, claim.metadata),
            claim.uploaded_by,
            replaces=claim.replaces,
            record=record,
            on_progress=run.hear,
        )

    async def _fail(self, claim: Claim, error: PetrafError) -> None:
        told = JobError(error=error.code, message=error.message, recoverable=error.recoverable, status=status_of(error))
        try:
            async with self._database.tenant(claim.tenant) as tx:
                await fail_job(tx, claim, told)
        except DatabaseUnavailable:
            log.warning("job %s could not be closed; its lease runs out and it is run again", claim.id)
        except JobLost:
            log.warning("job %s was cancelled or taken over before it failed", claim.id)

    async def _beat(self, run: _Run, work: asyncio.Task[None]) -> None:
        """Renew the lease, write how far the job is, and stop it when it isn't ours any more."""
        written, renewed = run.figures, monotonic()
        while not run.finishing:
            await asyncio.sleep(BEAT_SECONDS)
            figures, due = run.figures, monotonic() > renewed + LEASE_SECONDS / 3
            with contextlib.suppress(DatabaseUnavailable):
                async with self._database.tenant(run.claim.tenant) as tx:
                    news = due or figures != written
                    ours = await (beat_job(tx, run.claim, figures) if news else holds_job(tx, run.claim))
                if not ours and not run.finishing:
                    work.cancel()
                    return
                if news:
                    written, renewed = figures, monotonic()

    def _wake_watchers(self) -> None:
        self._moved.set()
        self._moved = asyncio.Event()

    async def _drop_old(self) -> None:
        while True:
            try:
                await drop_old_jobs(self._database)
            except (DatabaseUnavailable, psycopg.Error) as error:
                log.warning("forgetting old jobs failed (%s); trying again", type(error).__name__)
            await asyncio.sleep(DROP_SECONDS)


async def _within(event: asyncio.Event, seconds: float) -> None:
    """Wait for an event, but no longer; `wait_for` may swallow a cancellation that comes together with the event."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
