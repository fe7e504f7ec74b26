"""The audit trail: masked, filtered, paged, and as a table for a spreadsheet."""

import csv
import io
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
import pytest

from server.companies import audit_routes as routes
from state.records import audit
from state.records.database import Database, DatabaseUnavailable
from tests.server.admins import code, get
from tests.server.client import Company
from tests.server.test_journey import SARAH

BOTH = ("audit-logs", "audit-logs.csv")


async def table(company: Company, key: str | None = None, **params: Any) -> list[dict[str, str]]:
    answer = await get(company, "audit-logs.csv", key, **params)
    assert answer.status_code == 200, answer.text
    return read(answer)


def read(answer: httpx.Response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def write(url: str, tenant_id: str | None, times: int, **columns: str) -> None:
    """Rows as they might be; `columns` with % for their number."""
    names = ["id", "actor", "action", "resource_type", "tenant_id", *columns]
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.executemany(
            f"insert into audit_logs ({', '.join(names)}) values ({', '.join(['%s'] * len(names))})",  # noqa: S608
            [(f"A{n:06}", "hr", "test.row", "test", tenant_id, *columns.values()) for n in range(times)],
        )


@pytest.mark.parametrize("path", BOTH)
async def test_without_a_key_nothing_is_told(acme: Company, path: str) -> None:
    for headers in ({}, {"X-Admin-Key": "wrong"}):
        assert code(await acme.http.get(f"/api/admin/{path}", headers=headers)) == (401, "ADMIN_KEY_INVALID")


@pytest.mark.parametrize("path", BOTH)
async def test_another_companys_trail_is_as_if_it_were_not_there(acme: Company, globex: Company, path: str) -> None:
    await globex.employee(**SARAH)
    for params in ({}, {"actor": "EMP12345"}, {"tenant_id": acme.tenant_id}):
        answer = await get(acme, path, **params)
        assert answer.status_code == 200
        assert globex.tenant_id not in answer.text
        assert "EMP12345" not in answer.text
    assert code(await get(acme, path, tenant_id=globex.tenant_id)) == (404, "NOT_FOUND")


async def test_a_system_key_sees_every_companys_trail_or_one(acme: Company, globex: Company, system_key: str) -> None:
    both = {acme.tenant_id, globex.tenant_id}
    assert {row["tenant_id"] for row in await table(acme, system_key)} == both
    assert {row["tenant_id"] for row in await table(acme, system_key, tenant_id=globex.tenant_id)} == {globex.tenant_id}
    narrowed = (await get(acme, "audit-logs", system_key, tenant_id=globex.tenant_id)).json()
    assert ({log["tenant_id"] for log in narrowed["logs"]}, narrowed["total"]) == ({globex.tenant_id}, 1)


async def test_the_audit_masks_ip_addresses_and_keeps_them_in_the_row(acme: Company, database: Database) -> None:
    await acme.employee()
    logs = (await acme.admin("audit-logs", action="session.created"))["logs"]
    assert [log["ip_address"] for log in logs] == ["***"]
    assert "127.0.0.1" not in str(logs)
    async with database.system() as tx:
        found = await tx.connection.execute("select ip_address from audit_logs where action = 'session.created'")
        assert await found.fetchone() == ("127.0.0.1",)


async def test_the_audit_is_paged_oldest_first(acme: Company) -> None:
    for _ in range(3):
        await acme.employee()
    everything = await acme.admin("audit-logs")
    assert (everything["total"], everything["page"], everything["per_page"]) == (7, 1, 50)
    moments = [log["created_at"] for log in everything["logs"]]
    assert moments == sorted(moments)
    pages = [await acme.admin("audit-logs", limit=3, page=page) for page in (1, 2, 3, 4)]
    assert [len(page["logs"]) for page in pages] == [3, 3, 1, 0]
    assert [log for page in pages for log in page["logs"]] == everything["logs"]
    assert {page["total"] for page in pages} == {7}


async def test_the_audit_is_filtered(acme: Company) -> None:
    sarah, other = await acme.employee(**SARAH), await acme.employee()
    actions = {"action": "session.created"}
    assert [log["action"] for log in (await acme.admin("audit-logs", **actions))["logs"]] == ["session.created"] * 2
    by_actor = (await acme.admin("audit-logs", actor="EMP12345"))["logs"]
    assert [(log["session_id"], log["action"]) for log in by_actor] == [(sarah.session_id, "session.info_updated")]
    by_session = await acme.admin("audit-logs", session_id=other.session_id, limit=1)
    assert (by_session["total"], by_session["logs"][0]["session_id"]) == (2, other.session_id)
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    assert (await acme.admin("audit-logs", **{"from": soon}))["total"] == 0
    assert (await acme.admin("audit-logs", to=soon))["total"] == 5
    assert (await acme.admin("audit-logs", action="nothing.such"))["logs"] == []


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "page=0", "from=yesterday", "to=x", "actor=a%00b"])
async def test_a_wrong_filter_is_422(acme: Company, query: str) -> None:
    assert (await get(acme, f"audit-logs?{query}")).status_code == 422


async def test_the_newest_come_first_on_demand(acme: Company) -> None:
    for _ in range(3):
        await acme.employee()
    oldest = (await acme.admin("audit-logs"))["logs"]
    assert (await acme.admin("audit-logs", order="oldest"))["logs"] == oldest
    pages = [(await acme.admin("audit-logs", order="newest", limit=4, page=page))["logs"] for page in (1, 2)]
    assert [log for page in pages for log in page] == oldest[::-1]
    assert code(await get(acme, "audit-logs", order="random")) == (422, "INVALID_BODY")


async def test_the_table_says_what_the_pages_say(acme: Company) -> None:
    await acme.employee(**SARAH)
    logs = (await acme.admin("audit-logs"))["logs"]
    rows = await table(acme)
    assert set(rows[0]) == set(logs[0])
    for row, log in zip(rows, logs, strict=True):
        for name, value in log.items():
            told = json.dumps(value) if value and isinstance(value, dict) else str(value or "")
            assert row[name] == told
    assert "127.0.0.1" not in str(rows)
    assert [row["id"] for row in await table(acme, order="newest")] == [log["id"] for log in logs[::-1]]


async def test_the_table_is_named_by_its_day_and_opens_in_excel(acme: Company) -> None:
    answer = await get(acme, "audit-logs.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    day = datetime.now(UTC).date().isoformat()
    assert answer.headers["content-disposition"] == f'attachment; filename="audit-{day}.csv"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(b"\xef\xbb\xbfid,created_at,")
    assert b"\r\n" in answer.content


async def test_the_table_is_filtered_like_the_pages(acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    await acme.employee()
    assert {row["actor"] for row in await table(acme, actor="EMP12345")} == {"EMP12345"}
    assert {row["session_id"] for row in await table(acme, session_id=sarah.session_id)} == {sarah.session_id}
    assert [row["action"] for row in await table(acme, action="tenant.created")] == ["tenant.created"]
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    assert await table(acme, **{"from": soon}) == []
    assert len(await table(acme, to=soon)) == 5


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
async def test_no_cell_begins_a_formula(acme: Company, database_url: str, begin: str) -> None:
    hostile = f"{begin}HYPERLINK(1)"
    write(database_url, acme.tenant_id, 1, user_agent=hostile, session_id=hostile, resource_id=hostile)
    (row,) = await table(acme, action="test.row")
    assert (row["user_agent"], row["session_id"], row["resource_id"]) == (f"'{hostile}",) * 3
    assert not any(cell.startswith(tuple("=+-@\t\r\n＝")) for cell in row.values())


FORMULAS = [
    f"{before}{begin}HYPERLINK(1){after}"
    for before in ("", "a;", "a; ", "a\t", "a\n", "a\r\n", 'a;"', 'a;""', ';"', "\t", '"', "a,b;", "a,", 'a;" \t')
    for begin in "=+-@＝＋－＠"
    for after in ("", ';"', ',"b"\n')
]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
async def test_no_cell_begins_a_formula_wherever_the_spreadsheet_splits(
    acme: Company, database_url: str, delimiter: str
) -> None:
    """A German Excel takes semicolons, and then quotes within a line mean nothing to it."""
    for n, text in enumerate(FORMULAS):
        hostile = {"actor": text, "user_agent": text, "payload": json.dumps({"code": text, text: "b"})}
        with psycopg.connect(database_url) as connection:
            connection.execute(
                f"insert into audit_logs (id, action, resource_type, tenant_id, {', '.join(hostile)}) "  # noqa: S608
                "values (%s, 'test.row', 'test', %s, %s, %s, %s)",
                (f"A{n:06}", acme.tenant_id, *hostile.values()),
            )
    text = (await get(acme, "audit-logs.csv", action="test.row")).content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in row]
    assert sum("HYPERLINK" in cell for cell in cells) >= len(FORMULAS)
    assert [cell for cell in cells if cell.lstrip(' \t\r\n"').startswith(tuple("=+-@＝＋－＠"))] == []


async def test_an_apostrophe_before_a_formula_leaves_json_readable(acme: Company, database_url: str) -> None:
    write(database_url, acme.tenant_id, 1, payload=json.dumps({"code": "EMP1;=A1", "n": -1, "list": ["=B1"]}))
    (row,) = await table(acme, action="test.row")
    assert json.loads(row["payload"]) == {"code": "EMP1;'=A1", "n": -1, "list": ["=B1"]}


async def test_separators_quotes_and_any_script_survive_the_table(acme: Company, database_url: str) -> None:
    odd = 'a,"b";\nc\r\nd é 日本 😀 עברית'
    write(database_url, acme.tenant_id, 1, user_agent=odd)
    (row,) = await table(acme, action="test.row")
    assert row["user_agent"] == odd


@pytest.mark.parametrize("order", ["oldest", "newest"])
async def test_a_long_trail_comes_whole_and_once(
    acme: Company, database_url: str, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    monkeypatch.setattr(audit, "BATCH", 50)
    for times in (49, 50, 51, 230):
        with psycopg.connect(database_url) as connection:
            connection.execute("delete from audit_logs")
        write(database_url, acme.tenant_id, times)
        ids = [row["id"] for row in await table(acme, order=order)]
        assert ids == sorted((f"A{n:06}" for n in range(times)), reverse=order == "newest")


async def test_a_database_that_is_away_is_told_before_the_table_begins(
    acme: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that has begun can only be cut off."""

    async def away(*args: Any) -> AsyncIterator[list[audit.AuditRow]]:
        raise DatabaseUnavailable
        yield []

    monkeypatch.setattr(routes, "audit_batches", away)
    assert code(await get(acme, "audit-logs.csv")) == (503, "DATABASE_UNAVAILABLE")
