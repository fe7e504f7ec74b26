"""Uploads as jobs: seen while they run, failed or done as their HTTP twin would say, cancelled."""

import asyncio
import json
import logging
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import httpx
import pytest

from retrievers.files import LARGEST_FILE
from state.records.companies.tenants import add_key
from state.records.database import Database
from tests.retrievers.handbook import markdown, pdf
from tests.server.client import Company, Events, lines, parse
from tests.server.documents.held_library import BrokenEmbeddings, builder

Job = dict[str, Any]
FIELDS = {
    "job_id",
    "tenant_id",
    "status",
    "filename",
    "category",
    "document_id",
    "chunks_created",
    "pages_read",
    "pages",
    "passages_done",
    "passages",
    "embeddings_per_second",
    "remaining_seconds",
    "error",
    "created_at",
    "started_at",
    "finished_at",
}


LIVELY = dict.fromkeys(
    [
        "status",
        "started_at",
        "pages",
        "pages_read",
        "passages",
        "passages_done",
        "embeddings_per_second",
        "remaining_seconds",
    ]
)
"""What changes of a job from one moment to the next."""


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers that start from here on break on every document."""
    monkeypatch.setattr("server.documents.library.build_embeddings", builder(BrokenEmbeddings()))


async def send(company: Company, name: str = "a.md", data: bytes | None = None, **params: str) -> httpx.Response:
    return await company.http.post(
        f"/api/admin/rag/upload/{company.tenant_id}",
        params=params,
        headers=company.admin_headers,
        files={"file": (name, markdown() if data is None else data)},
        data={"category": "values", "metadata": '{"title": "Handbook"}'},
    )


async def begin(company: Company, name: str = "a.md", data: bytes | None = None) -> str:
    """An upload in the background: its job's id."""
    answer = await send(company, name, data, background="true")
    assert answer.status_code == 200, answer.text
    return str(answer.json()["job_id"])


async def until(company: Company, job_id: str, wanted: Callable[[Job], bool]) -> Job:
    """The job once it is as wanted."""
    while not wanted(job := await company.admin(f"jobs/{job_id}")):  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    return dict(job)


def over(job: Job) -> bool:
    return job["status"] not in ("queued", "running")


def embedding(job: Job) -> bool:
    return job["status"] == "running" and bool(job["passages"])


def running(job: Job) -> bool:
    return bool(job["status"] == "running")


async def cancel(company: Company, job_id: str) -> httpx.Response:
    return await company.http.delete(f"/api/admin/jobs/{job_id}", headers=company.admin_headers)


async def streamed(company: Company, job_id: str) -> Events:
    answer = await company.http.get(f"/api/admin/jobs/{job_id}/stream", headers=company.admin_headers)
    assert answer.status_code == 200, answer.text
    return parse(answer.text)


async def documents(company: Company) -> int:
    return int((await company.admin(f"documents/{company.tenant_id}"))["total"])


async def uploads_audited(company: Company) -> int:
    return int((await company.admin("audit-logs", action="rag.document_uploaded"))["total"])


async def test_an_upload_in_the_background_shows_its_progress_and_ends_in_a_document_that_is_found(
    let_documents_go: asyncio.Event, acme: Company
) -> None:
    answer = (await send(acme, background="true")).json()
    assert {k: v for k, v in answer.items() if k not in ("job_id", "message")} == {
        "success": True,
        "status": "queued",
        "filename": "a.md",
        "category": "values",
    }
    assert answer["job_id"] in answer["message"]
    job = await until(acme, answer["job_id"], lambda job: job["passages_done"] > 0)
    assert set(job) == FIELDS
    assert (job["tenant_id"], job["status"], job["document_id"]) == (acme.tenant_id, "running", None)
    assert job["passages"] > job["passages_done"] == 1
    assert job["embeddings_per_second"] > 0
    assert job["remaining_seconds"] > 0
    assert await documents(acme) == 0
    let_documents_go.set()
    done = await until(acme, answer["job_id"], over)
    assert (done["status"], done["error"]) == ("done", None)
    assert done["passages_done"] == done["passages"] == done["chunks_created"] > 0
    assert done["created_at"] <= done["started_at"] <= done["finished_at"]
    found = await acme.http.post(
        f"/api/admin/rag/search/{acme.tenant_id}",
        headers=acme.admin_headers,
        json={"query": "compassion for frightened patients"},
    )
    assert {passage["document_id"] for passage in found.json()["results"]} == {done["document_id"]}


async def test_the_audit_names_who_sent_the_file(acme: Company) -> None:
    done = await until(acme, await begin(acme), over)
    await acme.http.delete(f"/api/admin/documents/{acme.tenant_id}/{done['document_id']}", headers=acme.admin_headers)
    sent, deleted = [
        (await acme.admin("audit-logs", action=f"rag.document_{what}"))["logs"] for what in ("uploaded", "deleted")
    ]
    assert len(sent) == len(deleted) == 1
    for what in ("actor", "ip_address", "user_agent", "resource_id", "payload"):
        assert sent[0][what] == deleted[0][what] is not None


async def test_a_stream_shows_at_once_where_the_job_stands_and_ends_with_its_document(
    let_documents_go: asyncio.Event, acme: Company
) -> None:
    job_id = await begin(acme)
    url = f"/api/admin/jobs/{job_id}/stream"
    events: Events = []
    async with acme.http.stream("GET", url, headers=acme.admin_headers) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        async for _, name, data in lines(response):
            if not events:
                assert data["status"] in ("queued", "running")
                let_documents_go.set()
            events.append((name, data))
    assert {name for name, _ in events[:-1]} == {"progress"}
    assert events[-1] == ("done", await acme.admin(f"jobs/{job_id}"))
    assert events[-1][1]["document_id"]
    states = [data for _, data in events[:-1]]
    assert all(one != next_ for one, next_ in pairwise(states))


async def test_the_stream_of_a_job_that_is_over_tells_how_it_ended(acme: Company) -> None:
    job_id = await begin(acme)
    job = await until(acme, job_id, over)
    assert await streamed(acme, job_id) == [("progress", job), ("done", job)]


async def test_a_cancelled_upload_leaves_no_document(let_documents_go: asyncio.Event, acme: Company) -> None:
    job_id = await begin(acme)
    await until(acme, job_id, embedding)
    answer = await cancel(acme, job_id)
    assert (answer.status_code, answer.json()) == (200, {"job_id": job_id, "status": "cancelled"})
    let_documents_go.set()
    again = (await send(acme, "b.md")).json()
    assert again["success"]
    assert await documents(acme) == await uploads_audited(acme) == 1
    job = await acme.admin(f"jobs/{job_id}")
    assert (job["status"], job["document_id"]) == ("cancelled", None)
    assert [name for name, _ in await streamed(acme, job_id)] == ["progress", "cancelled"]


async def test_a_cancelled_job_makes_room_for_the_next(let_documents_go: asyncio.Event, acme: Company) -> None:
    first, second, third = [await begin(acme, f"{n}.md") for n in range(3)]
    for job_id in (first, second):
        await until(acme, job_id, running)
    assert (await acme.admin(f"jobs/{third}"))["status"] == "queued"
    await cancel(acme, first)
    await until(acme, third, running)
    let_documents_go.set()
    assert (await until(acme, third, over))["status"] == "done"


async def test_a_waiting_job_is_cancelled_too(let_documents_go: asyncio.Event, acme: Company) -> None:
    held = [await begin(acme, f"{n}.md", f"Text {n}. ".encode() * 200) for n in range(3)]
    for job_id in held[:2]:
        await until(acme, job_id, running)
    assert (await cancel(acme, held[2])).status_code == 200
    let_documents_go.set()
    for job_id in held[:2]:
        assert (await until(acme, job_id, over))["status"] == "done"
    assert (await acme.admin(f"jobs/{held[2]}"))["status"] == "cancelled"
    assert await documents(acme) == 2


async def test_whoever_waits_for_a_cancelled_upload_is_told(
    let_documents_go: asyncio.Event, acme: Company, database: Database
) -> None:
    waiting = asyncio.create_task(send(acme))
    await cancel(acme, await first_job(database))
    answer = await waiting
    assert (answer.status_code, answer.json()["detail"]["error"]) == (409, "JOB_CANCELLED")
    assert await documents(acme) == 0


async def first_job(database: Database) -> str:
    """The id of the first job of any company, which an upload that waits for its end doesn't tell."""
    async with database.system() as tx:
        while True:
            row = await (await tx.connection.execute("select id from jobs order by id")).fetchone()
            if row:
                return str(row[0])
            await asyncio.sleep(0.02)


async def test_a_client_that_leaves_while_it_waits_loses_nothing(
    let_documents_go: asyncio.Event, acme: Company, database: Database
) -> None:
    waiting = asyncio.create_task(send(acme))
    job_id = await first_job(database)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    let_documents_go.set()
    assert (await until(acme, job_id, over))["status"] == "done"
    assert await documents(acme) == await uploads_audited(acme) == 1


async def test_cancelling_a_finished_job_is_refused(acme: Company) -> None:
    job_id = await begin(acme)
    job = await until(acme, job_id, over)
    answer = await cancel(acme, job_id)
    assert (answer.status_code, answer.json()["detail"]["error"]) == (409, "JOB_OVER")
    assert "done" in answer.json()["detail"]["message"]
    assert await acme.admin(f"jobs/{job_id}") == job
    assert await documents(acme) == 1


async def test_another_companys_job_is_404_and_goes_on(
    let_documents_go: asyncio.Event, acme: Company, globex: Company
) -> None:
    job_id = await begin(globex)
    for asked in (job_id, "01J00000000000000000000000", "nonsense"):
        for method, path in (("GET", ""), ("GET", "/stream"), ("DELETE", "")):
            url = f"/api/admin/jobs/{asked}{path}"
            answer = await acme.http.request(method, url, headers=acme.admin_headers)
            assert (answer.status_code, answer.json()["detail"]["error"]) == (404, "JOB_NOT_FOUND"), url
            assert (await acme.http.request(method, url)).status_code == 401
    let_documents_go.set()
    assert (await until(globex, job_id, over))["status"] == "done"


async def test_a_system_key_may_touch_any_companys_job(
    let_documents_go: asyncio.Event, acme: Company, globex: Company, database: Database
) -> None:
    async with database.system() as tx:
        await add_key(tx, None, "a system key", "ops@petraf.example")
    ops = Company(acme.http, "", "a system key")
    first, second = await begin(acme), await begin(globex)
    assert (await ops.admin(f"jobs/{second}"))["tenant_id"] == globex.tenant_id
    assert (await cancel(ops, second)).json()["status"] == "cancelled"
    let_documents_go.set()
    assert (await streamed(ops, first))[-1][0] == "done"


async def test_a_failed_job_tells_the_same_as_an_upload_that_waits(acme: Company) -> None:
    cut = pdf()[:700]
    told = await send(acme, "cut.pdf", cut)
    job_id = await begin(acme, "cut.pdf", cut)
    job = await until(acme, job_id, over)
    assert (job["status"], job["document_id"]) == ("failed", None)
    assert job["error"] == {**told.json()["detail"], "status": told.status_code}
    assert (told.status_code, job["error"]["error"]) == (422, "DOCUMENT_UNREADABLE")
    detail = told.json()["detail"]
    last = {"code": detail["error"], "message": detail["message"], "recoverable": detail["recoverable"]}
    assert (await streamed(acme, job_id))[-1] == ("error", {"error": last})


@pytest.mark.parametrize("background", ["true", "false"])
async def test_what_can_be_refused_at_once_makes_no_job(acme: Company, database: Database, background: str) -> None:
    path = f"/api/admin/rag/upload/{acme.tenant_id}"
    for given, status in (
        ({"category": "Not A Slug"}, 422),
        ({"category": "values", "metadata": "[]"}, 422),
        ({"category": "values", "metadata": json.dumps({"title": "x" * 201})}, 422),
    ):
        answer = await acme.http.post(
            path,
            params={"background": background},
            headers=acme.admin_headers,
            files={"file": ("a.md", markdown())},
            data=given,
        )
        assert answer.status_code == status, answer.text
    large = await send(acme, "a.txt", b"x" * (LARGEST_FILE + 1), background=background)
    assert (large.status_code, large.json()["detail"]["error"]) == (413, "DOCUMENT_TOO_LARGE")
    async with database.system() as tx:
        assert await (await tx.connection.execute("select count(*) from jobs")).fetchone() == (0,)


@pytest.mark.usefixtures("broken")
async def test_a_failure_nobody_foresaw_is_told_without_the_files_words(
    acme: Company, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = await send(acme)
    detail = answer.json()["detail"]
    assert (answer.status_code, detail["error"], detail["recoverable"]) == (500, "INTERNAL", True)
    assert "broke" in caplog.text
    for said in (answer.text, caplog.text):
        assert "ward sister" not in said
    assert await documents(acme) == 0


async def test_cancelling_is_audited_and_what_was_over_is_not(let_documents_go: asyncio.Event, acme: Company) -> None:
    job_id = await begin(acme)
    await cancel(acme, job_id)
    assert (await cancel(acme, job_id)).status_code == 409
    (log,) = (await acme.admin("audit-logs", action="rag.upload_cancelled"))["logs"]
    assert (log["actor"], log["resource_type"], log["resource_id"]) == ("hr@acme.example", "job", job_id)
    assert log["payload"] == {"filename": "a.md", "category": "values"}


async def test_the_list_shows_what_is_in_hand_first_then_the_newest_of_the_day(
    let_documents_go: asyncio.Event, acme: Company, database: Database
) -> None:
    running_one, waiting, cancelled, newest, old = [await begin(acme, f"{n}.md") for n in range(5)]
    for job_id in (cancelled, newest, old):
        await cancel(acme, job_id)
    async with database.system() as tx:
        long_ago = "update jobs set created_at = now() - interval '25 hours' where id = any(%s)"
        await tx.connection.execute(long_ago, ([old, running_one],))
    jobs = (await acme.admin("jobs"))["jobs"]
    assert [job["job_id"] for job in jobs] == [waiting, running_one, newest, cancelled]
    assert all(set(job) == FIELDS for job in jobs)
    assert [{**job, **LIVELY} for job in jobs] == [
        {**await acme.admin(f"jobs/{job['job_id']}"), **LIVELY} for job in jobs
    ]


async def test_another_companys_jobs_are_not_listed(
    let_documents_go: asyncio.Event, acme: Company, globex: Company, system_key: str
) -> None:
    ours, theirs = await begin(acme), await begin(globex)
    assert [job["job_id"] for job in (await acme.admin("jobs"))["jobs"]] == [ours]
    for params, wanted in (({}, {ours, theirs}), ({"tenant_id": globex.tenant_id}, {theirs})):
        answer = await acme.http.get("/api/admin/jobs", headers={"X-Admin-Key": system_key}, params=params)
        assert {job["job_id"] for job in answer.json()["jobs"]} == wanted
    answer = await acme.http.get("/api/admin/jobs", headers=acme.admin_headers, params={"tenant_id": globex.tenant_id})
    assert (answer.status_code, answer.json()["detail"]["error"]) == (404, "NOT_FOUND")
    assert (await acme.http.get("/api/admin/jobs")).status_code == 401
