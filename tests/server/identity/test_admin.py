"""HR admins: what a key opens, and what it doesn't."""

import pytest

from state.records.database import Database
from tests.server.admins import get
from tests.server.client import Company
from tests.server.test_journey import SARAH

ADMIN_READS = ("tenants", "stats/overview", "audit-logs", "config/{tenant}", "documents/{tenant}")


@pytest.mark.parametrize("path", ADMIN_READS)
async def test_without_a_valid_key_nothing_opens(acme: Company, path: str) -> None:
    employee = await acme.employee()
    url = f"/api/admin/{path.format(tenant=acme.tenant_id)}"
    for headers in ({}, {"X-Admin-Key": ""}, {"X-Admin-Key": "wrong"}, employee.headers):
        answer = await acme.http.get(url, headers=headers)
        assert (answer.status_code, answer.json()["detail"]["error"]) == (401, "ADMIN_KEY_INVALID")


async def test_a_revoked_key_opens_nothing(acme: Company, database: Database) -> None:
    async with database.system() as tx:
        await tx.connection.execute("update admin_keys set revoked_at = now()")
    assert (await get(acme, "tenants")).status_code == 401


async def test_keys_are_stored_as_hashes_only(acme: Company, database: Database) -> None:
    async with database.system() as tx:
        found = await (await tx.connection.execute("select to_jsonb(k)::text from admin_keys k")).fetchone()
    assert found is not None
    assert acme.admin_key not in found[0]


async def test_a_companys_key_sees_its_company_only(acme: Company, globex: Company) -> None:
    await globex.employee(**SARAH)
    listed = await acme.admin("tenants")
    assert ([t["id"] for t in listed["tenants"]], listed["total"]) == ([acme.tenant_id], 1)
    stats = await acme.admin("stats/overview")
    assert (stats["total_tenants"], stats["total_sessions"], stats["total_messages_today"]) == (1, 0, 0)
    assert {log["tenant_id"] for log in (await acme.admin("audit-logs"))["logs"]} == {acme.tenant_id}
    for path in (f"config/{globex.tenant_id}", f"documents/{globex.tenant_id}"):
        answer = await get(acme, path)
        assert (answer.status_code, answer.json()["detail"]["error"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize("tenant", ["550e8400-e29b-41d4-a716-446655440000", "no-uuid", "%00"])
async def test_an_unknown_companys_id_is_404(acme: Company, tenant: str) -> None:
    assert (await get(acme, f"config/{tenant}")).status_code in (404, 422)


async def test_a_system_key_sees_every_company(acme: Company, globex: Company, system_key: str) -> None:
    await globex.employee()
    listed = (await get(acme, "tenants", system_key)).json()
    assert [t["slug"] for t in listed["tenants"]] == ["acme", "globex"]
    assert set(listed["tenants"][0]) == {"id", "slug", "name", "domain", "status", "created_at"}
    stats = (await get(acme, "stats/overview", system_key)).json()
    assert (stats["total_tenants"], stats["active_tenants"], stats["total_sessions"]) == (2, 2, 1)
    logs = (await get(acme, "audit-logs", system_key)).json()["logs"]
    assert {log["tenant_id"] for log in logs} == {acme.tenant_id, globex.tenant_id}
    assert (await get(acme, f"config/{globex.tenant_id}", system_key)).status_code == 200
