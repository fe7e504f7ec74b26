"""Documents over HTTP: upload, read, find, replace, delete; refused ones leave nothing."""

import json
from typing import Any

import httpx
import pytest

from retrievers.files import LARGEST_FILE
from state.records.database import Database
from tests.retrievers.handbook import FORMATS, blank_pdf, locked_pdf, markdown, pdf
from tests.server.client import Company


async def upload(
    company: Company, name: str, data: bytes, category: str = "values", metadata: Any = None
) -> httpx.Response:
    return await company.http.post(
        f"/api/admin/rag/upload/{company.tenant_id}",
        headers=company.admin_headers,
        files={"file": (name, data)},
        data={"category": category, **({} if metadata is None else {"metadata": metadata})},
    )


async def replace(
    company: Company, document_id: str, name: str, data: bytes, given: dict[str, str] | None = None
) -> httpx.Response:
    return await company.http.put(
        f"/api/admin/documents/{company.tenant_id}/{document_id}",
        headers=company.admin_headers,
        files={"file": (name, data)},
        data=given or {},
    )


async def read(company: Company, document_id: str) -> tuple[Any, Any]:
    """A document and its passages."""
    path = f"documents/{company.tenant_id}/{document_id}"
    return await company.admin(path), await company.admin(f"{path}/passages")


async def nothing_left(database: Database) -> bool:
    async with database.system() as tx:
        found = await tx.connection.execute(
            "select (select count(*) from documents) + (select count(*) from rag_corpus)"
        )
        return await found.fetchone() == (0,)


async def test_an_upload_answers_as_specified_and_is_audited(acme: Company) -> None:
    metadata = json.dumps({"title": "Handbook", "version": "1.0", "department": "Wards"})
    answer = (await upload(acme, "handbook.md", markdown(), metadata=metadata)).json()
    assert set(answer) == {"success", "message", "chunks_created", "document_id", "category"}
    assert (answer["success"], answer["message"]) == (True, "Document processed successfully")
    log = (await acme.admin("audit-logs", action="rag.document_uploaded"))["logs"][0]
    assert (log["actor"], log["resource_type"], log["resource_id"]) == (
        "hr@acme.example",
        "rag_corpus",
        answer["document_id"],
    )
    assert log["payload"] == {"category": "values", "chunks": answer["chunks_created"], "filename": "handbook.md"}
    document = await acme.admin(f"documents/{acme.tenant_id}/{answer['document_id']}")
    assert (document["title"], document["version"], document["department"]) == ("Handbook", "1.0", "Wards")


async def test_every_format_is_taken_listed_newest_first_and_read(acme: Company) -> None:
    for number, (name, make) in enumerate(FORMATS.items()):
        answer = await upload(acme, name, make(), f"category_{number}")
        assert answer.status_code == 200, f"{name}: {answer.text}"
    listed = await acme.admin(f"documents/{acme.tenant_id}")
    assert [d["filename"] for d in listed["documents"]] == list(FORMATS)[::-1]
    assert listed["total"] == len(FORMATS)
    for document in listed["documents"]:
        passages = await acme.admin(f"documents/{acme.tenant_id}/{document['id']}/passages")
        assert passages["total"] == document["chunks"] == len(passages["passages"])
        assert set(passages["passages"][0]) == {"content", "title", "heading", "page", "position"}


async def test_the_same_file_twice_is_one_document(acme: Company) -> None:
    first, again = [(await upload(acme, "a.md", markdown())).json() for _ in range(2)]
    assert again["document_id"] == first["document_id"]
    assert (await acme.admin(f"documents/{acme.tenant_id}"))["total"] == 1


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("a.exe", b"MZ", 415, "UNKNOWN_DOCUMENT_TYPE"),
        ("a.pdf", b"no pdf", 415, "UNKNOWN_DOCUMENT_TYPE"),
        ("a.txt", b"x" * (LARGEST_FILE + 1), 413, "DOCUMENT_TOO_LARGE"),
        ("a.txt", b"x" * (LARGEST_FILE + 3 * 1024 * 1024), 413, "TOO_LARGE"),
        ("cut.pdf", pdf()[:700], 422, "DOCUMENT_UNREADABLE"),
        ("locked.pdf", locked_pdf(), 422, "DOCUMENT_UNREADABLE"),
        ("blank.pdf", blank_pdf(), 422, "DOCUMENT_UNREADABLE"),
        ("empty.txt", b"", 422, "DOCUMENT_UNREADABLE"),
    ],
    ids=["type", "content", "25 MB", "28 MB", "cut", "locked", "blank", "empty"],
)
async def test_a_refused_file_leaves_nothing(
    acme: Company, database: Database, name: str, data: bytes, status: int, code: str
) -> None:
    answer = await upload(acme, name, data)
    assert (answer.status_code, answer.json()["detail"]["error"]) == (status, code), answer.text[:300]
    assert await nothing_left(database)
    assert (await acme.admin("audit-logs", action="rag.document_uploaded"))["total"] == 0


@pytest.mark.parametrize(
    ("category", "metadata"),
    [
        ("Not A Slug", None),
        ("", None),
        ("values", "no json"),
        ("values", "[]"),
        ("values", '{"author": "me"}'),
        ("values", '{"title": 5}'),
        ("values", '{"title": "nul \\u0000"}'),
        ("values", '{"title": "half \\ud800"}'),
        ("values", json.dumps({"title": "x" * 201})),
    ],
)
async def test_wrong_details_are_422(acme: Company, database: Database, category: str, metadata: str | None) -> None:
    answer = await upload(acme, "a.md", markdown(), category, metadata)
    assert answer.status_code == 422, answer.text
    assert await nothing_left(database)


async def test_an_upload_without_a_file_is_422(acme: Company) -> None:
    answer = await acme.http.post(
        f"/api/admin/rag/upload/{acme.tenant_id}", headers=acme.admin_headers, data={"category": "values"}
    )
    assert answer.status_code == 422


async def test_a_file_name_cannot_act_as_a_path(acme: Company) -> None:
    await upload(acme, "../../etc/handbook.md", markdown())
    assert (await acme.admin(f"documents/{acme.tenant_id}"))["documents"][0]["filename"] == "handbook.md"


async def test_a_deleted_document_is_gone_with_its_passages_and_audited(acme: Company, database: Database) -> None:
    made = (await upload(acme, "a.md", markdown())).json()
    path = f"/api/admin/documents/{acme.tenant_id}/{made['document_id']}"
    answer = await acme.http.delete(path, headers=acme.admin_headers)
    assert (answer.status_code, answer.json()["chunks_deleted"]) == (200, made["chunks_created"])
    assert await nothing_left(database)
    for again in (
        await acme.http.delete(path, headers=acme.admin_headers),
        await acme.http.get(path, headers=acme.admin_headers),
        await acme.http.get(f"{path}/passages", headers=acme.admin_headers),
    ):
        assert again.status_code == 404
    assert (await acme.admin("audit-logs", action="rag.document_deleted"))["total"] == 1


NEW = b"# Travel Policy\n\n" + b"Flights are booked by the travel desk, trains by everyone alone. " * 12


async def test_another_file_in_a_documents_place_takes_its_passages_along(acme: Company) -> None:
    said = json.dumps({"title": "Handbook", "version": "1.0", "department": "Wards"})
    made = (await upload(acme, "a.md", markdown(), metadata=said)).json()
    answer = await replace(acme, made["document_id"], "travel.md", NEW)
    document, passages = await read(acme, made["document_id"])
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "success": True,
            "message": "Document processed successfully",
            "chunks_created": document["chunks"],
            "document_id": made["document_id"],
            "category": "values",
        },
    )
    assert (document["filename"], document["title"]) == ("travel.md", "Travel Policy")
    assert (document["version"], document["department"]) == ("1.0", "Wards")
    assert "travel desk" in passages["passages"][0]["content"]
    assert not any("ward sister" in passage["content"] for passage in passages["passages"])
    assert (await acme.admin(f"documents/{acme.tenant_id}"))["total"] == 1
    log = (await acme.admin("audit-logs", action="rag.document_replaced"))["logs"]
    assert [(one["actor"], one["resource_id"]) for one in log] == [("hr@acme.example", made["document_id"])]
    assert (await acme.admin("audit-logs", action="rag.document_uploaded"))["total"] == 1


async def test_what_is_said_of_the_new_file_counts(acme: Company) -> None:
    made = (await upload(acme, "a.md", markdown(), metadata='{"version": "1.0", "department": "Wards"}')).json()
    given = {"category": "rules", "metadata": '{"title": "Journeys", "version": "2.0"}'}
    answer = await replace(acme, made["document_id"], "travel.md", NEW, given)
    assert (answer.status_code, answer.json()["category"]) == (200, "rules")
    document, _ = await read(acme, made["document_id"])
    assert (document["title"], document["version"], document["department"]) == ("Journeys", "2.0", "Wards")


@pytest.mark.parametrize(
    ("name", "data", "given", "status"),
    [
        ("cut.pdf", pdf()[:700], {}, 422),
        ("a.exe", b"MZ", {}, 415),
        ("a.txt", b"x" * (LARGEST_FILE + 1), {}, 413),
        ("a.md", NEW, {"category": "Not A Slug"}, 422),
        ("a.md", NEW, {"metadata": "[]"}, 422),
    ],
    ids=["cut", "type", "25 MB", "category", "metadata"],
)
async def test_a_refused_new_file_leaves_the_old_one(
    acme: Company, name: str, data: bytes, given: dict[str, str], status: int
) -> None:
    made = (await upload(acme, "a.md", markdown())).json()
    before = await read(acme, made["document_id"])
    assert (await replace(acme, made["document_id"], name, data, given)).status_code == status
    assert await read(acme, made["document_id"]) == before
    assert (await acme.admin("audit-logs", action="rag.document_replaced"))["total"] == 0


async def test_a_document_that_is_not_there_cannot_be_replaced(acme: Company, globex: Company) -> None:
    theirs = (await upload(globex, "a.md", markdown())).json()["document_id"]
    for company, document_id in ((acme, "nothing"), (acme, theirs), (globex, "nothing")):
        answer = await replace(company, document_id, "travel.md", NEW)
        assert (answer.status_code, answer.json()["detail"]["error"]) == (404, "NOT_FOUND")
    url = f"/api/admin/documents/{globex.tenant_id}/{theirs}"
    answer = await acme.http.put(url, headers=acme.admin_headers, files={"file": ("travel.md", NEW)})
    assert answer.status_code == 404
    assert (await read(globex, theirs))[0]["filename"] == "a.md"


async def test_search_shows_what_the_coach_would_see(acme: Company) -> None:
    made = (await upload(acme, "a.md", markdown(), metadata='{"title": "Handbook"}')).json()
    search = f"/api/admin/rag/search/{acme.tenant_id}"
    body = {"query": "compassion for frightened patients", "phase": "g6_values", "k": 1}
    results = (await acme.http.post(search, headers=acme.admin_headers, json=body)).json()["results"]
    assert [(r["document"], r["document_id"], r["category"]) for r in results] == [
        ("Handbook", made["document_id"], "values")
    ]
    assert {"heading", "version"} <= set(results[0])
    assert "ompassion" in results[0]["content"]
    nothing = await acme.http.post(search, headers=acme.admin_headers, json={"query": "gluon chromodynamics"})
    assert nothing.json() == {"results": []}


async def test_another_companys_documents_are_404(acme: Company, globex: Company) -> None:
    made = (await upload(globex, "a.md", markdown())).json()
    ours, theirs = acme.tenant_id, globex.tenant_id
    for method, path in (
        ("GET", f"documents/{theirs}"),
        ("GET", f"documents/{theirs}/{made['document_id']}"),
        ("GET", f"documents/{ours}/{made['document_id']}"),
        ("GET", f"documents/{ours}/{made['document_id']}/passages"),
        ("DELETE", f"documents/{ours}/{made['document_id']}"),
        ("DELETE", f"documents/{theirs}/{made['document_id']}"),
    ):
        answer = await acme.http.request(method, f"/api/admin/{path}", headers=acme.admin_headers)
        assert answer.status_code == 404, path
    body = {"query": "compassion for frightened patients"}
    found = await acme.http.post(f"/api/admin/rag/search/{ours}", headers=acme.admin_headers, json=body)
    assert found.json() == {"results": []}
    assert (await globex.admin(f"documents/{theirs}"))["total"] == 1
