"""A job's row: claimed by one, finished by its newest holder only, given back, forgotten."""

import asyncio
from datetime import datetime

import pytest
from ulid import ULID

from state.clock import now
from state.identity import Caller, TenantId, proven_tenant
from state.records.companies.tenants import NewTenant, seed_tenant
from state.records.database import Database
from state.records.documents.documents import Document
from state.records.documents.jobs import (
    Claim,
    Figures,
    JobError,
    JobLost,
    JobNotFound,
    JobOver,
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
    tenant_of_job,
)

HR = Caller("hr@acme.example", "192.0.2.7", "curl/8")


@pytest.fixture
async def acme(database: Database) -> TenantId:
    return await company(database, "acme")


async def company(database: Database, slug: str) -> TenantId:
    row, _ = await seed_tenant(database, NewTenant(slug, slug.title(), f"{slug}.example", f"hr@{slug}.example"))
    return proven_tenant(row.id)


async def queue(database: Database, tenant: TenantId, name: str = "a.txt") -> str:
    async with database.tenant(tenant) as tx:
        return await add_job(tx, HR, NewJob(name, b"the file", "values", {"title": "A"}))


async def read(database: Database, tenant: TenantId, job_id: str) -> JobRow:
    async with database.tenant(tenant) as tx:
        return await get_job(tx, job_id)


async def claimed(database: Database, owner: str = "one") -> Claim:
    claim = await claim_job(database, owner)
    assert claim is not None
    return claim


def failure(message: str) -> JobError:
    return JobError(error="INTERNAL", message=message, recoverable=False, status=500)


async def finish(database: Database, claim: Claim) -> None:
    at: datetime = now()
    document = Document(str(ULID()), "a.txt", "A", None, None, "values", 3, 7, "hr", at, at)
    async with database.tenant(claim.tenant) as tx:
        await finish_job(tx, claim, document)


async def die(database: Database) -> None:
    """Every server that runs a job falls silent for longer than a lease."""
    async with database.system() as tx:
        await tx.connection.execute("update jobs set lease_until = now() - interval '1 s' where status = 'running'")


async def file_of(database: Database, job_id: str) -> bytes | None:
    async with database.system() as tx:
        row = await (await tx.connection.execute("select data from jobs where id = %s", (job_id,))).fetchone()
    assert row is not None
    return bytes(row[0]) if row[0] is not None else None


async def test_a_claim_has_all_that_running_it_needs(database: Database, acme: TenantId) -> None:
    job_id = await queue(database, acme)
    claim = await claimed(database)
    assert (claim.id, claim.tenant, claim.caller) == (job_id, acme, HR)
    assert (claim.filename, claim.data, claim.category, claim.metadata) == (
        "a.txt",
        b"the file",
        "values",
        {"title": "A"},
    )
    assert (await read(database, acme, job_id)).status == "running"
    assert "the file" not in repr(claim)


async def test_of_many_who_claim_one_job_one_gets_it(database: Database, acme: TenantId) -> None:
    await queue(database, acme)
    claims = await asyncio.gather(*(claim_job(database, str(number)) for number in range(6)))
    assert sum(claim is not None for claim in claims) == 1


async def test_jobs_are_claimed_in_the_order_they_came(database: Database, acme: TenantId) -> None:
    for name in ("first.txt", "second.txt"):
        await queue(database, acme, name)
        await asyncio.sleep(0.002)  # ids of one millisecond have no order
    assert [(await claimed(database)).filename for _ in range(2)] == ["first.txt", "second.txt"]


async def test_a_company_with_many_files_does_not_stop_another(database: Database, acme: TenantId) -> None:
    for _ in range(3):
        await queue(database, acme)
    globex = await company(database, "globex")
    await queue(database, globex)
    assert [(await claimed(database)).tenant for _ in range(2)] == [acme, globex]


async def test_a_job_that_is_renewed_is_not_taken_over(database: Database, acme: TenantId) -> None:
    await queue(database, acme)
    claim = await claimed(database)
    await die(database)
    async with database.tenant(acme) as tx:
        assert await beat_job(tx, claim, Figures(passages_done=3, passages=9))
    assert await claim_job(database, "two") is None
    assert (await read(database, acme, claim.id)).passages_done == 3


async def test_the_server_that_lost_a_job_can_neither_finish_nor_fail_it(database: Database, acme: TenantId) -> None:
    await queue(database, acme)
    old = await claimed(database, "one")
    await die(database)
    new = await claimed(database, "two")
    assert (new.id, new.attempt) == (old.id, 2)
    assert new.fence > old.fence
    with pytest.raises(JobLost):
        await finish(database, old)
    async with database.tenant(acme) as tx:
        assert not await beat_job(tx, old, Figures(passages_done=99))
        assert not await holds_job(tx, old)
        with pytest.raises(JobLost):
            await fail_job(tx, old, failure("too late"))
    await finish(database, new)
    job = await read(database, acme, new.id)
    assert (job.status, job.chunks_created, job.passages_done, job.pages_read) == ("done", 7, 7, 3)


async def test_a_cancelled_job_cannot_be_finished_and_its_file_is_gone(database: Database, acme: TenantId) -> None:
    job_id = await queue(database, acme)
    claim = await claimed(database)
    async with database.tenant(acme) as tx:
        await cancel_job(tx, job_id, HR)
    with pytest.raises(JobLost):
        await finish(database, claim)
    assert (await read(database, acme, job_id)).status == "cancelled"
    assert await file_of(database, job_id) is None
    assert await claim_job(database, "two") is None


async def test_a_job_that_waits_can_be_cancelled_and_one_that_ended_cannot(database: Database, acme: TenantId) -> None:
    job_id = await queue(database, acme)
    async with database.tenant(acme) as tx:
        await cancel_job(tx, job_id, HR)
        with pytest.raises(JobOver) as refused:
            await cancel_job(tx, job_id, HR)
        with pytest.raises(JobNotFound):
            await cancel_job(tx, "another", HR)
    assert "cancelled" in refused.value.message


async def test_what_ends_a_job_drops_its_file(database: Database, acme: TenantId) -> None:
    done, failed = await queue(database, acme), await queue(database, acme)
    claims = {claim.id: claim for claim in [await claimed(database), await claimed(database)]}
    await finish(database, claims[done])
    async with database.tenant(acme) as tx:
        await fail_job(tx, claims[failed], failure("It broke."))
    assert [await file_of(database, job_id) for job_id in (done, failed)] == [None, None]
    assert (await read(database, acme, failed)).error == {
        "error": "INTERNAL",
        "message": "It broke.",
        "recoverable": False,
        "status": 500,
    }


async def test_a_server_that_stops_gives_its_own_jobs_back_without_counting_an_attempt(
    database: Database, acme: TenantId
) -> None:
    for _ in range(2):
        await queue(database, acme)
    stopping, going_on = await claimed(database, "one"), await claimed(database, "two")
    await release_jobs(database, "one")
    again = await claimed(database, "three")
    assert (again.id, again.attempt) == (stopping.id, 1)
    with pytest.raises(JobLost):
        await finish(database, stopping)
    await finish(database, going_on)


async def test_jobs_are_forgotten_a_week_after_their_end(database: Database, acme: TenantId) -> None:
    old, young, waiting = [await queue(database, acme) for _ in range(3)]
    async with database.tenant(acme) as tx:
        for job_id in (old, young):
            await cancel_job(tx, job_id, HR)
    async with database.system() as tx:
        await tx.connection.execute("update jobs set created_at = now() - interval '30 days'")
        await tx.connection.execute("update jobs set finished_at = now() - interval '8 days' where id = %s", (old,))
    await drop_old_jobs(database)
    with pytest.raises(JobNotFound):
        await read(database, acme, old)
    assert [(await read(database, acme, job_id)).status for job_id in (young, waiting)] == ["cancelled", "queued"]


async def test_a_company_that_goes_takes_its_jobs_along(database: Database, acme: TenantId) -> None:
    globex = await company(database, "globex")
    ours, theirs = await queue(database, acme), await queue(database, globex)
    async with database.system() as tx:
        await tx.connection.execute("delete from tenants where id = %s", (acme,))
        with pytest.raises(JobNotFound):
            await tenant_of_job(tx, ours)
        assert await tenant_of_job(tx, theirs) == globex


async def test_another_companys_job_is_not_there(database: Database, acme: TenantId) -> None:
    globex = await company(database, "globex")
    job_id = await queue(database, globex)
    async with database.tenant(acme) as tx:
        with pytest.raises(JobNotFound):
            await get_job(tx, job_id)
        with pytest.raises(JobNotFound):
            await cancel_job(tx, job_id, HR)
        with pytest.raises(JobNotFound):
            await tenant_of_job(tx, job_id)
    assert (await read(database, globex, job_id)).status == "queued"
