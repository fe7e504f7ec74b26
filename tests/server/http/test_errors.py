"""Every error has one shape, tells its request's id and gives nothing away, on every route."""

import json
import logging
import re
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute
from httpx import ASGITransport

from server.app import create_app
from server.settings import Settings
from state.records.database import Database
from tests.server.client import Company, Employee
from tests.server.journeys import lenient, sarah_after, upload_demo
from tests.server.test_journey import SARAH

PUBLIC = {"/", "/api/health", "/api/ready", "/metrics"}
SECRET_WORDS = ("Sarah", "EMP12345", "payment", "globex", "Globex", "Career Framework", "hr@globex.example")


def assert_shape(answer: httpx.Response, status: int) -> dict[str, Any]:
    """The one shape of errors."""
    assert answer.status_code == status, answer.text
    assert set(answer.json()) == {"detail"}
    detail: dict[str, Any] = answer.json()["detail"]
    assert set(detail) >= {"error", "message", "recoverable"}
    assert re.fullmatch(r"[A-Z_]+", detail["error"])
    assert len(detail["message"]) > 10
    assert isinstance(detail["recoverable"], bool)
    assert answer.headers["x-correlation-id"]
    return detail


async def test_unknown_addresses_and_methods_have_the_shape(acme: Company) -> None:
    assert_shape(await acme.http.get("/nothing/here"), 404)
    assert_shape(await acme.http.get("/api/session/create/more/of/it"), 404)
    assert_shape(await acme.http.delete("/api/health"), 405)


async def test_a_correlation_id_is_the_clients_where_it_is_plain_and_ours_otherwise(acme: Company) -> None:
    for path in ("/api/health", "/nothing"):
        given = await acme.http.get(path, headers={"X-Correlation-ID": "3f2504e0-4f89-11d3-9a0c-0305e82c3301"})
        assert given.headers["x-correlation-id"] == "3f2504e0-4f89-11d3-9a0c-0305e82c3301"
        forged = await acme.http.get(path, headers={"X-Correlation-ID": "a b <c>" + "x" * 99})
        assert re.fullmatch(r"[0-9A-Z]{26}", forged.headers["x-correlation-id"])


@pytest.mark.parametrize("body", ["{", "nonsense", '"text"', "[]", "1", "[" * 5000, '{"metadata": 1}', "\xff\xfe"])
async def test_malformed_json_is_a_client_error(acme: Company, body: str) -> None:
    answer = await acme.http.post(
        "/api/session/create",
        headers={**acme.headers, "Content-Type": "application/json"},
        content=body.encode("latin-1"),
    )
    assert answer.status_code in (400, 422), answer.text
    assert_shape(answer, answer.status_code)


async def test_a_refusal_repeats_no_values(acme: Company) -> None:
    employee = await acme.employee()
    detail = assert_shape(await employee.put("info", {"years_of_service": "my private words"}), 422)
    assert "years_of_service" in detail["message"]
    assert "private" not in detail["message"]


async def test_a_long_unknown_field_is_named_in_short(acme: Company) -> None:
    detail = assert_shape(await (await acme.employee()).put("info", {"x" * 50_000: 1}), 422)
    assert len(detail["message"]) < 500


BAD_TEXTS = ["nul \x00 in it", "half a pair \ud800"]


@pytest.mark.parametrize("text", BAD_TEXTS)
async def test_text_that_cannot_be_kept_is_422_in_every_field(acme: Company, text: str) -> None:
    employee = await acme.employee()
    chat = {"session_id": employee.session_id, "message": "hello"}
    tenant = acme.tenant_id
    for method, path, body in (
        ("POST", "/api/session/create", {"metadata": {"a": text}}),
        ("POST", "/api/session/create", {"metadata": {text: "a"}}),
        ("PUT", f"/api/session/{employee.session_id}/info", {"name": text}),
        ("POST", "/api/session/resume", {"resume_token": text}),
        ("POST", "/api/session/resume", {"session_id": text}),
        ("POST", "/api/chat/g4_future/stream", {**chat, "message": text}),
        ("POST", "/api/chat/g4_future/stream", {**chat, "session_id": text}),
        ("POST", "/api/chat/g4_future/stream", {**chat, "turn_id": text}),
        ("POST", "/api/chat/g4_future/stream", {**chat, "step": "refine", "strike": [text]}),
        ("POST", "/api/goals/preview-score", {"phase": "g4_future", "content": text}),
        ("POST", f"/api/admin/rag/search/{tenant}", {"query": text}),
        ("POST", f"/api/admin/rag/search/{tenant}", {"query": "a", "categories": [text]}),
        ("PUT", f"/api/admin/config/{tenant}", {"prompts_json": {"system_prompt": text}}),
        ("PUT", f"/api/admin/config/{tenant}", {"llm_model": text}),
        ("POST", "/graph/goal-setting/invoke", {"input": {"message": text}}),
    ):
        answer = await acme.http.request(
            method,
            path,
            headers={**employee.headers, **acme.admin_headers, "Content-Type": "application/json"},
            content=json.dumps(body),
        )
        assert answer.status_code == 422, f"{path} {body!r}: {answer.status_code} {answer.text}"
        assert_shape(answer, 422)


async def test_null_characters_in_an_address_are_refused(acme: Company) -> None:
    employee = await acme.employee()
    headers = {**employee.headers, **acme.admin_headers}
    for path in (
        "/api/session/a%00b",
        f"/api/session/{employee.session_id}/turns/a%00b/stream",
        f"/api/admin/documents/{acme.tenant_id}/a%00b",
        "/api/admin/audit-logs?actor=%00",
        f"/api/session/{employee.session_id}/messages?before=%00",
        "/api/session/mine?tenant=%00",
        "/%00",
    ):
        assert_shape(await acme.http.get(path, headers=headers), 422)


async def test_what_nobody_foresaw_is_500_without_its_text_anywhere(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(settings, "postgresql://nobody@127.0.0.1:1/none")
    words = " ".join(["an", "employee's", "words"])

    @app.get("/breaks")
    async def breaks() -> None:
        raise RuntimeError(words)

    async with httpx.AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as http:
        with caplog.at_level(logging.DEBUG):
            answer = await http.get("/breaks")
    detail = assert_shape(answer, 500)
    assert detail["error"] == "INTERNAL"
    assert answer.headers["x-correlation-id"] in detail["message"]
    assert words not in answer.text + caplog.text
    assert "in breaks" in caplog.text


async def test_without_its_database_the_server_says_so(acme: Company, database: Database, database_url: str) -> None:
    employee = await acme.employee()
    async with database.pool.connection() as connection:
        await connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        )
    path = f"/api/session/{employee.session_id}"
    while (answer := await acme.http.get(path, headers=employee.headers)).status_code != 200:
        assert_shape(answer, 503)
    assert answer.json()["id"] == employee.session_id


def routes_of(acme: Company, answer: dict[str, Any]) -> list[tuple[str, str]]:
    """Every documented route with its method."""
    return [(method.upper(), path) for path, methods in answer["paths"].items() for method in methods]


def body_for(path: str, employee: Employee) -> dict[str, Any]:
    """A valid request to a route, as keyword arguments of httpx."""
    if path.endswith(("upload/{tenant_id}", "documents/{tenant_id}/{document_id}")):
        return {"files": {"file": ("a.txt", b"A text about values. " * 40)}, "data": {"category": "values"}}
    bodies: dict[str, Any] = {
        "/api/chat/{phase}/stream": {"session_id": employee.session_id, "message": "I want to lead a team."},
        "/api/session/resume": {"session_id": employee.session_id},
        "/api/goals/preview-score": {"phase": "g4_future", "content": "I want to lead a team."},
        "/api/admin/rag/search/{tenant_id}": {"query": "career framework"},
        "/graph/goal-setting/invoke": {"input": {"message": "I want to lead a team."}},
    }
    return {"json": bodies.get(path, {})}


@pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecatedSince211")
async def test_no_route_gives_anything_of_another_company_away(
    settings: Settings, acme: Company, globex: Company, database: Database
) -> None:
    await lenient(globex)
    await upload_demo(globex)
    theirs = await sarah_after(globex, 4)
    ours = await acme.employee()
    document = (await globex.admin(f"documents/{globex.tenant_id}"))["documents"][0]["id"]
    message = (await theirs.get("messages"))["messages"][0]
    fact = (await theirs.get("facts"))["facts"][0]["id"]
    names = {
        "session_id": theirs.session_id,
        "tenant_id": globex.tenant_id,
        "document_id": document,
        "turn_id": message["turn_id"],
        "message_id": message["id"],
        "fact_id": fact,
    }
    names["job_id"], names["key_id"] = [
        await newest(database, table, globex.tenant_id) for table in ("jobs", "admin_keys")
    ]
    shared = await globex.http.post(f"/api/session/{theirs.session_id}/share", headers=theirs.headers)
    names["token"] = shared.json()["url"].rpartition("/")[2]
    before = await snapshot(database, globex.tenant_id)
    routes = routes_of(acme, (await acme.http.get("/openapi.json")).json())
    assert len(routes) > 20
    for method, path in routes:
        url = path.format(**{**names, "phase": "g4_future", "file_path": "index.html"})
        for token in (ours.token, theirs.token):
            headers = {**acme.headers, **acme.admin_headers, "Authorization": f"Bearer {token}"}
            given = {} if method in ("GET", "DELETE") else body_for(path, theirs)
            answer = await acme.http.request(method, url, headers=headers, **given)
            acme.http.cookies.clear()
            where = f"{method} {path}"
            assert answer.status_code < 500, f"{where}: {answer.text}"
            if any(f"{{{name}}}" in path for name in names):
                assert answer.status_code == 404, f"{where}: {answer.status_code} {answer.text}"
                assert_shape(answer, 404)
            assert not any(word in answer.text for word in SECRET_WORDS if path not in PUBLIC), (
                f"{where}: {answer.text}"
            )
    assert await snapshot(database, globex.tenant_id) == before


async def newest(database: Database, table: str, tenant_id: str) -> str:
    """The newest id of a company in a table."""
    query = f"select id from {table} where tenant_id = %s order by created_at desc limit 1"  # noqa: S608
    async with database.system() as tx:
        row = await (await tx.connection.execute(query.encode(), (tenant_id,))).fetchone()
    assert row is not None
    return str(row[0])


async def snapshot(database: Database, tenant_id: str) -> dict[str, int]:
    """Rows of a company by table."""
    async with database.system() as tx:
        counts = {}
        for table in ("sessions", "messages", "goals", "turns", "documents", "rag_corpus", "jobs", "audit_logs"):
            query = f"select count(*) from {table} where tenant_id = %s"  # noqa: S608
            found = await (await tx.connection.execute(query.encode(), (tenant_id,))).fetchone()
            counts[table] = found[0] if found else -1
        return counts


def test_every_route_is_documented_or_public(settings: Settings) -> None:
    app = create_app(settings, "postgresql://nobody@127.0.0.1:1/none")
    hidden = {route.path for route in app.routes if isinstance(route, APIRoute) and not route.include_in_schema}
    assert hidden <= PUBLIC


async def test_employees_and_admins_are_not_each_other(acme: Company) -> None:
    employee = await acme.employee(**SARAH)
    as_admin = await acme.http.get("/api/admin/tenants", headers={"X-Admin-Key": employee.token})
    assert_shape(as_admin, 401)
    as_employee = await acme.http.get(
        f"/api/session/{employee.session_id}", headers={**acme.headers, "Authorization": f"Bearer {acme.admin_key}"}
    )
    assert_shape(as_employee, 401)
