"""Erasing at an admin's word: one employee everywhere, or a whole company, and nothing of anybody else."""

from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from tests.server.admins import code, get, post
from tests.server.client import Company
from tests.server.journeys import TURNS, count, lenient, sarah_after
from tests.server.test_journey import SARAH

CODE = str(SARAH["employee_code"])


SPOKEN = (
    "sessions",
    "messages",
    "facts",
    "goals",
    "turns",
    "conversation_state",
    "audit_logs",
    "checkpoints",
    "checkpoint_blobs",
    "checkpoint_writes",
)
"""Tables that could hold what people said."""


def rows_of(url: str, tenant_id: str) -> dict[str, int]:
    """How many rows of a company each table holds, as the database's owner sees them."""
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "select table_name from information_schema.columns where column_name = 'tenant_id' and table_schema = 'public'"
        ).fetchall()
        counted = {}
        for (table,) in tables:
            asked = SQL("select count(*) from {} where tenant_id = %s").format(Identifier(table))
            row = connection.execute(asked, (tenant_id,)).fetchone()
            counted[table] = row[0] if row else 0
        for table in ("checkpoints", "checkpoint_blobs", "checkpoint_writes"):
            asked = SQL("select count(*) from {} where thread_id like %s").format(Identifier(table))
            row = connection.execute(asked, (f"{tenant_id}:%",)).fetchone()
            counted[table] = row[0] if row else 0
    return counted


def everything(url: str) -> str:
    """Every row of the tables that hold what people said, as text."""
    with psycopg.connect(url) as connection:
        return "".join(
            str(connection.execute(SQL("select t.* from {} t").format(Identifier(table))).fetchall())
            for table in SPOKEN
        )


async def test_without_a_key_nothing_is_erased(acme: Company) -> None:
    answer = await acme.http.post("/api/admin/erase", json={"employee_code": CODE})
    assert code(answer) == (401, "ADMIN_KEY_INVALID")


async def test_every_session_of_an_employee_goes_and_nobody_elses(acme: Company, database_url: str) -> None:
    await lenient(acme)
    first = await sarah_after(acme, 4)
    second = await acme.employee(**{**SARAH, "employee_code": f" {CODE}\t"})
    others = [await acme.employee(employee_code=other) for other in (CODE.lower(), f"{CODE}6", "EMP1")]
    answer = await post(acme, "erase", {"employee_code": f"  {CODE} "})
    assert answer.status_code == 200, answer.text
    erased = answer.json()["erased"]
    assert (erased["sessions"], erased["messages"], erased["goals"], erased["turns"]) == (2, 8, 3, len(TURNS))
    assert erased["facts"] > len(TURNS)
    assert "2 sessions" in answer.json()["message"]
    for gone in (first, second):
        read = await acme.http.get(f"/api/session/{gone.session_id}", headers=gone.headers)
        assert code(read) == (404, "SESSION_NOT_FOUND")
        for table in ("messages", "facts", "goals", "turns", "conversation_state", "checkpoints"):
            assert await count(database_url, table, gone.session_id) == 0
    assert [(await other.get())["id"] for other in others] == [other.session_id for other in others]


async def test_what_remains_says_that_it_happened_and_not_of_whom(acme: Company, database_url: str) -> None:
    await sarah_after(acme, 1)
    await post(acme, "erase", {"employee_code": CODE})
    (log,) = (await acme.admin("audit-logs", action="employee.erased"))["logs"]
    assert (log["actor"], log["resource_id"], log["payload"]["sessions"]) == ("hr@acme.example", None, 1)
    assert CODE not in everything(database_url)
    assert "Sarah" not in everything(database_url)


async def test_a_code_that_nobody_has_is_404_and_erases_nothing(acme: Company, globex: Company) -> None:
    theirs = await globex.employee(**SARAH)
    await acme.employee()
    answer = await post(acme, "erase", {"employee_code": CODE})
    assert code(answer) == (404, "EMPLOYEE_NOT_FOUND")
    assert (await theirs.get())["id"] == theirs.session_id
    assert code(await post(acme, "erase", {"employee_code": CODE}, tenant_id=globex.tenant_id)) == (404, "NOT_FOUND")
    assert (await acme.admin("audit-logs", action="employee.erased"))["total"] == 0


async def test_a_system_key_says_whose_employee_it_is(acme: Company, globex: Company, system_key: str) -> None:
    ours, theirs = await acme.employee(**SARAH), await globex.employee(**SARAH)
    assert code(await post(acme, "erase", {"employee_code": CODE}, system_key)) == (422, "INVALID_BODY")
    answer = await post(acme, "erase", {"employee_code": CODE}, system_key, tenant_id=globex.tenant_id)
    assert answer.json()["erased"]["sessions"] == 1
    assert (await ours.get())["id"] == ours.session_id
    read = await acme.http.get(f"/api/session/{theirs.session_id}", headers=theirs.headers)
    assert read.status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"employee_code": ""},
        {"employee_code": "  "},
        {"employee_code": "a", "confirm": "acme"},
        {"employee_code": "a", "tenant_id": "b", "confirm": "acme"},
        {"tenant_id": "{tenant}"},
        {"confirm": "acme"},
        {"tenant_id": "{tenant}", "confirm": "Acme"},
        {"tenant_id": "{tenant}", "confirm": ""},
        {"tenant_id": "{tenant}", "confirm": "globex"},
    ],
)
async def test_an_unclear_word_erases_nothing(acme: Company, globex: Company, system_key: str, body: Any) -> None:
    employee = await acme.employee(employee_code="a")
    sent = {name: value.format(tenant=acme.tenant_id) for name, value in body.items()}
    assert code(await post(acme, "erase", sent, system_key)) == (422, "INVALID_BODY")
    assert (await employee.get())["id"] == employee.session_id


async def test_a_company_goes_with_everything_and_the_other_stays(
    acme: Company, globex: Company, system_key: str, database_url: str
) -> None:
    for company in (acme, globex):
        await lenient(company)
        await sarah_after(company, 4)
        uploaded = await company.http.post(
            f"/api/admin/rag/upload/{company.tenant_id}",
            headers=company.admin_headers,
            files={"file": ("a.md", b"# Values\n\nWe keep our word to customers and to each other.")},
            data={"category": "values"},
        )
        assert uploaded.status_code == 200, uploaded.text
    before, theirs = rows_of(database_url, acme.tenant_id), rows_of(database_url, globex.tenant_id)
    answer = await post(acme, "erase", {"tenant_id": acme.tenant_id, "confirm": "acme"}, system_key)
    assert answer.status_code == 200, answer.text
    erased = answer.json()["erased"]
    assert (erased["tenants"], erased["sessions"], erased["goals"], erased["documents"]) == (1, 1, 3, 1)
    assert erased["passages"] == before["rag_corpus"] > 0
    for table in (
        "messages",
        "facts",
        "turns",
        "goal_links",
        "jobs",
        "audit_logs",
        "admin_keys",
        "shares",
        "checkpoints",
    ):
        assert erased[table] == before[table]
    assert set(rows_of(database_url, acme.tenant_id).values()) == {0}
    assert rows_of(database_url, globex.tenant_id) == theirs
    assert code(await get(acme, "tenants")) == (401, "ADMIN_KEY_INVALID")
    assert [t["slug"] for t in (await get(acme, "tenants", system_key)).json()["tenants"]] == ["globex"]
    (log,) = (await get(acme, "audit-logs", system_key, action="tenant.erased")).json()["logs"]
    assert (log["tenant_id"], log["resource_id"], log["payload"]) == (None, acme.tenant_id, erased)


async def test_a_companys_own_key_erases_no_company(acme: Company, globex: Company) -> None:
    for company, slug, wanted in ((acme, "acme", (403, "SYSTEM_KEY_NEEDED")), (globex, "globex", (404, "NOT_FOUND"))):
        assert code(await post(acme, "erase", {"tenant_id": company.tenant_id, "confirm": slug})) == wanted
    assert (await get(acme, "me")).status_code == (await get(globex, "me")).status_code == 200


async def test_an_inactive_company_can_be_erased_and_an_unknown_one_is_404(
    acme: Company, globex: Company, system_key: str, database_url: str
) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("update tenants set status = 'inactive' where slug = 'acme'")
    for unknown in ("no-uuid", "550e8400-e29b-41d4-a716-446655440000"):
        assert code(await post(acme, "erase", {"tenant_id": unknown, "confirm": "x"}, system_key)) == (404, "NOT_FOUND")
    answer = await post(acme, "erase", {"tenant_id": acme.tenant_id, "confirm": "acme"}, system_key)
    assert answer.status_code == 200
