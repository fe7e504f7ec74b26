"""HR admins: what a key opens, the audit with its filters, and the configuration."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from state.company import TenantConfig
from state.records.database import Database
from state.records.tenants import add_key
from tests.server.client import Company
from tests.server.test_journey import SARAH

FIVE = {str(score): "words" for score in range(0, 10, 2)}
"""Levels without the last."""
ADMIN_READS = ("tenants", "stats/overview", "audit-logs", "config/{tenant}", "documents/{tenant}")


@pytest.fixture
async def system_key(database: Database) -> str:
    """A key that sees every company."""
    async with database.system() as tx:
        await add_key(tx, None, "system_key_for_tests", "root@petraf.example")
    return "system_key_for_tests"


async def get(company: Company, path: str, key: str | None = None, **params: Any) -> httpx.Response:
    headers = {"X-Admin-Key": key or company.admin_key}
    return await company.http.get(f"/api/admin/{path}", headers=headers, params=params or None)


async def put_config(company: Company, body: Any, **headers: str) -> httpx.Response:
    path = f"/api/admin/config/{company.tenant_id}"
    return await company.http.put(path, headers={**company.admin_headers, **headers}, json=body)


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


async def test_statistics_have_the_specifications_fields(acme: Company) -> None:
    stats = await acme.admin("stats/overview")
    assert set(stats) == {
        "total_tenants", "active_tenants", "total_sessions", "active_sessions", "completed_sessions",
        "abandoned_sessions", "total_messages_today", "total_goals_created", "goals_by_type", "avg_completion_rate",
        "avg_session_duration_minutes", "avg_score", "timestamp",
    }  # fmt: skip


async def test_an_expired_session_counts_as_abandoned(acme: Company, database: Database) -> None:
    await acme.employee()
    await acme.employee()
    async with database.system() as tx:
        await tx.connection.execute(
            "update sessions set expires_at = now() - interval '1 day' where id = (select max(id) from sessions)"
        )
    stats = await acme.admin("stats/overview")
    assert (stats["active_sessions"], stats["abandoned_sessions"], stats["total_sessions"]) == (1, 1, 2)


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


async def test_the_configuration_is_read_with_its_version_as_etag(acme: Company) -> None:
    answer = await get(acme, f"config/{acme.tenant_id}")
    body = answer.json()
    assert (answer.headers["etag"], body.pop("version")) == ('"1"', 1)
    assert TenantConfig.model_validate(body) == TenantConfig()


async def test_a_replaced_configuration_is_kept_whole_and_audited_by_name(acme: Company) -> None:
    body = TenantConfig(threshold=8, ui_flags_json={"show_grade": False}).model_dump(mode="json")
    answer = await put_config(acme, body)
    assert answer.status_code == 200, answer.text
    assert (answer.json(), answer.headers["etag"]) == ({**body, "version": 2}, '"2"')
    assert (await get(acme, f"config/{acme.tenant_id}")).json() == {**body, "version": 2}
    log = (await acme.admin("audit-logs", action="config.replaced"))["logs"][0]
    assert (log["actor"], sorted(log["changes"]["fields_updated"])) == (
        "hr@acme.example",
        ["threshold", "ui_flags_json"],
    )


async def test_a_companys_levels_come_back_as_they_were_given(acme: Company) -> None:
    safety = {
        "weight": 60,
        "description": "d",
        "keywords": [],
        "levels": {**FIVE, "10": "all"},
        "example": "Wear a helmet",
    }
    calm = {"weight": 40, "description": "d", "keywords": []}
    await put_config(acme, {"scoring_rubric_json": {"g8_actions": {"safety": safety, "calm": calm}}})
    read = (await get(acme, f"config/{acme.tenant_id}")).json()
    without = {"levels": None, "example": None}
    assert read["scoring_rubric_json"]["g8_actions"] == {"safety": safety, "calm": {**calm, **without}}
    version = read.pop("version")
    again = await put_config(acme, read)
    assert again.json() == {**read, "version": version + 1}


async def test_the_documentation_tells_what_levels_are(acme: Company) -> None:
    schemas = (await acme.http.get("/openapi.json")).json()["components"]["schemas"]
    assert "0, 2, 4, 6, 8 and 10" in schemas["Criterion"]["properties"]["levels"]["description"]


async def test_what_is_left_out_goes_back_to_ours(acme: Company) -> None:
    await put_config(acme, {"threshold": 8})
    assert (await put_config(acme, {})).json()["threshold"] == 7


async def test_a_change_over_a_newer_version_is_refused(acme: Company) -> None:
    assert (await put_config(acme, {"threshold": 8}, **{"If-Match": '"1"'})).status_code == 200
    answer = await put_config(acme, {"threshold": 5}, **{"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["detail"]["error"]) == (409, "CONFIG_CHANGED")
    assert (await get(acme, f"config/{acme.tenant_id}")).json()["threshold"] == 8
    assert (await put_config(acme, {}, **{"If-Match": 'W/"2"'})).status_code == 200
    assert (await put_config(acme, {}, **{"If-Match": "latest"})).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"scoring_rubric_json": {"g4_future": {"clarity": {"weight": 90, "description": "d"}}}}, "90"),
        ({"scoring_rubric_json": {"g9_other": {}}}, "g9_other"),
        (
            {"scoring_rubric_json": {"g4_future": {"clarity": {"weight": 100, "description": "d", "levels": FIVE}}}},
            "words for 10",
        ),
        ({"prompts_json": {"system_prompt": "Hello {salary}"}}, "salary"),
        ({"prompts_json": {"system_prompt": "Hello {name"}}, "system_prompt"),
        ({"prompts_json": {"nul": "\x00"}}, "null character"),
        ({"threshold": 11}, "threshold"),
        ({"colour": "blue"}, "colour"),
        ({"ui_flags_json": {"show_grade": "perhaps"}}, "ui_flags_json"),
        ([], "body"),
    ],
)
async def test_a_wrong_configuration_is_422_with_its_fault_named_and_changes_nothing(
    acme: Company, wrong: Any, named: str
) -> None:
    answer = await put_config(acme, wrong)
    assert (answer.status_code, answer.json()["detail"]["error"]) == (422, "INVALID_BODY")
    assert named in answer.json()["detail"]["message"]
    assert (await get(acme, f"config/{acme.tenant_id}")).json()["version"] == 1


async def test_a_companys_rubric_is_what_goals_are_judged_by(acme: Company) -> None:
    rubric = {"specificity": {"weight": 100, "description": "Names the role"}}
    await put_config(acme, {"scoring_rubric_json": {"g4_future": rubric}})
    body = {"phase": "g4_future", "content": "Within 24 months become a senior engineer."}
    card = (await acme.http.post("/api/goals/preview-score", headers=acme.headers, json=body)).json()
    assert [(c["name"], c["weight"]) for c in card["criteria"]] == [("specificity", 100)]


async def test_a_company_cannot_be_configured_with_anothers_key(acme: Company, globex: Company) -> None:
    answer = await acme.http.put(f"/api/admin/config/{globex.tenant_id}", headers=acme.admin_headers, json={})
    assert answer.status_code == 404
    assert (await get(globex, f"config/{globex.tenant_id}")).json()["version"] == 1
