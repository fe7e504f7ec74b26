"""Servers that come and go on one Postgres: each file is read in once, by whichever of them lives."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import httpx
import pytest
from psycopg import OperationalError

from retrievers.embeddings import LocalEmbeddings
from retrievers.library import Library
from server.documents import jobs
from server.documents.jobs import JobRunner
from server.settings import Settings
from state.identity import Caller, proven_tenant
from state.records.database import Database, Transaction
from state.records.documents.documents import hold_embedding_model
from state.records.documents.jobs import LEASE_SECONDS, NewJob
from tests.ports import free_port
from tests.retrievers.handbook import markdown
from tests.server.client import Events, lines, up
from tests.server.conftest import Named, on, served
from tests.server.documents.held_library import HeldEmbeddings, builder
from tests.server.documents.test_jobs import (
    begin,
    documents,
    embedding,
    over,
    running,
    send,
    streamed,
    until,
    uploads_audited,
)

HR = Caller("hr@acme.example")


@asynccontextmanager
async def doomed(
    url: str, program: tuple[str, ...] = ("tests.server.documents.stuck_replica",)
) -> AsyncIterator[tuple[str, asyncio.subprocess.Process]]:
    """A server process, by default one whose uploads never end: its address, and the process to kill."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", program[0], url, str(port), *program[1:])
    address = f"http://127.0.0.1:{port}"
    try:
        async with httpx.AsyncClient(base_url=address) as http:
            await up(http, process)
        yield address, process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_a_killed_servers_upload_is_taken_over_and_finished_once(
    settings: Settings, database_url: str, company: Named
) -> None:
    async with doomed(database_url) as (address, process):
        async with on(address, company) as first:
            job_id = await begin(first)
            await until(first, job_id, embedding)
        async with served(settings, database_url) as other, on(other, company) as second:
            url = f"/api/admin/jobs/{job_id}/stream"
            events: Events = []
            async with (
                asyncio.timeout(LEASE_SECONDS + 20),
                second.http.stream("GET", url, headers=second.admin_headers) as response,
            ):
                async for _, name, data in lines(response):
                    events.append((name, data))
                    if process.returncode is None:
                        process.kill()
                        await process.wait()
            assert events[0][1]["status"] == "running"
            assert events[-1][0] == "done"
            assert await documents(second) == await uploads_audited(second) == 1


async def test_a_server_that_stops_hands_its_uploads_on_at_once(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, database_url: str, company: Named
) -> None:
    monkeypatch.setattr("state.records.documents.jobs.LEASE_SECONDS", 3600.0)
    with monkeypatch.context() as held:
        held.setattr("server.documents.library.build_embeddings", builder(HeldEmbeddings(asyncio.Event())))
        async with served(settings, database_url) as address, on(address, company) as first:
            job_ids = [await begin(first, f"{n}.md", f"Text {n}. ".encode() * 200) for n in range(3)]
            await until(first, job_ids[1], running)
    async with served(settings, database_url) as address, on(address, company) as second:
        for job_id in job_ids:
            assert (await until(second, job_id, over))["status"] == "done"
        assert await documents(second) == await uploads_audited(second) == 3


async def test_a_job_is_followed_and_cancelled_from_another_server(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, database_url: str, company: Named
) -> None:
    let_go = asyncio.Event()
    monkeypatch.setattr("server.documents.library.build_embeddings", builder(HeldEmbeddings(let_go)))
    async with (
        served(settings, database_url) as here,
        served(settings, database_url) as there,
        on(here, company) as first,
        on(there, company) as second,
    ):
        kept, unwanted = [await begin(first, f"{n}.md", f"Text {n}. ".encode() * 200) for n in range(2)]
        assert (await second.admin(f"jobs/{kept}"))["job_id"] == kept
        following = asyncio.create_task(streamed(second, kept))
        await until(first, unwanted, running)
        answer = await second.http.delete(f"/api/admin/jobs/{unwanted}", headers=second.admin_headers)
        assert answer.status_code == 200
        let_go.set()
        assert (await following)[-1] == ("done", await first.admin(f"jobs/{kept}"))
        assert (await streamed(first, unwanted))[-1][0] == "cancelled"
        assert await documents(first) == await uploads_audited(first) == 1


async def test_an_upload_that_waits_hears_of_its_end_on_another_server(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, database_url: str, company: Named
) -> None:
    async with served(settings, database_url) as there:
        monkeypatch.setattr(jobs, "MOST_AT_ONCE", 0)
        async with served(settings, database_url) as idle, on(idle, company) as first, on(there, company) as second:
            assert (await send(first)).status_code == 200
            assert await documents(second) == 1


async def test_two_servers_never_both_finish_one_job(
    monkeypatch: pytest.MonkeyPatch, database: Database, company: Named
) -> None:
    monkeypatch.setattr(jobs, "BEAT_SECONDS", 3600.0)  # a server so slow that it doesn't notice what it lost
    monkeypatch.setattr(jobs, "SWEEP_SECONDS", 0.05)
    tenant, let_go = proven_tenant(company[0].id), asyncio.Event()
    library = Library(database, builder(HeldEmbeddings(let_go))())
    async with JobRunner.start(library) as one:
        job_id = await one.submit(tenant, HR, NewJob("a.md", markdown(), "values", {}))
        await attempted(database, 1)
        async with JobRunner.start(library) as other:
            async with database.system() as tx:
                await tx.connection.execute("update jobs set lease_until = now() - interval '1 s'")
            await attempted(database, 2)
            let_go.set()
            assert (await other.ended(tenant, job_id)).status == "done"
    async with database.system() as tx:
        counted = await tx.connection.execute(
            "select (select count(*) from documents), (select count(*) from audit_logs where action like 'rag.%')"
        )
        assert await counted.fetchone() == (1, 1)


async def test_a_job_that_kills_three_servers_is_given_up_with_a_clear_error(
    monkeypatch: pytest.MonkeyPatch, database: Database, company: Named
) -> None:
    monkeypatch.setattr(jobs, "SWEEP_SECONDS", 0.05)
    tenant = proven_tenant(company[0].id)
    library = Library(database, builder(HeldEmbeddings(asyncio.Event()))())
    async with JobRunner.start(library) as runner:
        job_id = await runner.submit(tenant, HR, NewJob("a.md", markdown(), "values", {}))
        await attempted(database, 1)
        async with database.system() as tx:
            # As a third server that died leaves it; the one that runs it here loses it.
            await tx.connection.execute(
                "update jobs set attempt = 3, fence = fence + 1, lease_until = now() - interval '1 s'"
            )
        job = await runner.ended(tenant, job_id)
    assert job.status == "failed"
    assert job.error is not None
    assert (job.error["error"], job.error["status"], job.error["recoverable"]) == ("JOB_GAVE_UP", 503, True)


async def test_a_running_job_keeps_its_lease(
    monkeypatch: pytest.MonkeyPatch, database: Database, company: Named
) -> None:
    monkeypatch.setattr(jobs, "LEASE_SECONDS", 0.0)  # so that each heartbeat renews
    monkeypatch.setattr(jobs, "BEAT_SECONDS", 0.02)
    library = Library(database, builder(HeldEmbeddings(asyncio.Event()))())
    async with JobRunner.start(library) as runner:
        await runner.submit(proven_tenant(company[0].id), HR, NewJob("a.md", markdown(), "values", {}))
        await attempted(database, 1)
        first = last = await lease(database)
        while last == first:
            last = await lease(database)
        assert last > first


async def test_a_job_that_loses_the_database_is_run_again(
    monkeypatch: pytest.MonkeyPatch, database: Database, company: Named
) -> None:
    lost = asyncio.Event()

    async def hold_once(tx: Transaction) -> str:
        if not lost.is_set():
            lost.set()
            raise OperationalError("the connection broke")
        return await hold_embedding_model(tx)

    monkeypatch.setattr("retrievers.ingest.hold_embedding_model", hold_once)
    monkeypatch.setattr(jobs, "SWEEP_SECONDS", 0.05)
    tenant = proven_tenant(company[0].id)
    async with JobRunner.start(Library(database, builder(LocalEmbeddings())())) as runner:
        job_id = await runner.submit(tenant, HR, NewJob("a.md", markdown(), "values", {}))
        await lost.wait()
        assert (await runner.find(tenant, job_id)).status == "running"
        async with database.system() as tx:
            await tx.connection.execute("update jobs set lease_until = now() - interval '1 s'")
        assert (await runner.ended(tenant, job_id)).status == "done"


async def lease(database: Database) -> datetime:
    """Until when the only job is somebody's."""
    async with database.system() as tx:
        row = await (await tx.connection.execute("select lease_until from jobs")).fetchone()
    assert row is not None
    return row[0]  # type: ignore[no-any-return]


async def attempted(database: Database, times: int) -> None:
    """Wait until the only job was claimed so often."""
    attempt = 0
    while attempt < times:
        async with database.system() as tx:
            row = await (await tx.connection.execute("select attempt from jobs")).fetchone()
        attempt = row[0] if row else 0
        await asyncio.sleep(0.02)
