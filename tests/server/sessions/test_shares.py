"""Share links: what they show, to whom, for how long, and what ends them."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from state.clock import now
from state.identity import Caller, proven_tenant
from state.records.database import Database
from state.records.sessions.sessions import get_session
from state.records.sessions.shares import ShareRow, living_share, share_session
from tests.server.client import Company, Employee
from tests.server.conftest import SECRET
from tests.server.journeys import count, lenient, sarah_after
from tests.server.sessions.test_sessions import refused, shift


async def sarah(company: Company, turns: int = 4, **changes: Any) -> Employee:
    """Sarah with her goals."""
    await lenient(company, **changes)
    return await sarah_after(company, turns)


async def share(employee: Employee) -> dict[str, Any]:
    """A link to an employee's goals."""
    answer = await employee.company.http.post(f"/api/session/{employee.session_id}/share", headers=employee.headers)
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def revoke(employee: Employee) -> httpx.Response:
    return await employee.company.http.delete(f"/api/session/{employee.session_id}/share", headers=employee.headers)


async def opened(company: Company, made: dict[str, Any], **headers: str) -> httpx.Response:
    """What somebody sees who has nothing but the link."""
    company.http.cookies.clear()
    return await company.http.get(f"/api{urlsplit(made['url']).path}", headers=headers)


async def audited(company: Company, action: str) -> int:
    """How often something stands in the audit."""
    return int((await company.admin("audit-logs", action=action))["total"])


async def test_whoever_has_the_link_sees_the_goals_and_nothing_else(acme: Company) -> None:
    employee = await sarah(acme)
    answer = await opened(acme, made := await share(employee))
    assert answer.status_code == 200
    body = answer.json()
    assert set(body) == {"tenant", "employee", "goals", "summary", "expires_at"}
    assert body["tenant"] == {"name": "Acme Works"}
    assert body["employee"] == {"name": "Sarah", "position": "Software Engineer", "department": "Engineering"}
    own = await employee.goals()
    shown = ("id", "type", "phase", "content", "score", "below_threshold", "links", "created_at")
    assert body["goals"] == [{name: goal[name] for name in shown} for goal in own["goals"]]
    assert body["summary"] == {"avg_score": own["summary"]["avg_score"]}
    assert body["expires_at"] == made["expires_at"]
    assert "EMP12345" not in answer.text and employee.session_id not in answer.text and "quote" not in answer.text


async def test_a_shared_page_is_kept_by_nobody_and_leaks_nowhere(acme: Company) -> None:
    answer = await opened(acme, await share(await sarah(acme)))
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert "set-cookie" not in answer.headers


async def test_the_link_stands_at_the_address_that_was_asked(acme: Company) -> None:
    employee = await sarah(acme)
    path = f"/api/session/{employee.session_id}/share"
    answer = await acme.http.post(path, headers={**employee.headers, "Host": "acme.example:8443"})
    assert answer.json()["url"].startswith("http://acme.example:8443/share/")
    assert len(urlsplit(answer.json()["url"]).path.removeprefix("/share/")) >= 40


async def test_sharing_again_gives_the_same_link(acme: Company, database_url: str) -> None:
    employee = await sarah(acme)
    made = await share(employee)
    assert await share(employee) == made
    assert await count(database_url, "shares", employee.session_id) == 1
    assert await audited(acme, "session.shared") == 1


async def test_two_requests_at_once_give_the_same_link(acme: Company, database_url: str) -> None:
    employee = await sarah(acme)
    made = await asyncio.gather(*(share(employee) for _ in range(8)))
    assert all(one == made[0] for one in made)
    assert await count(database_url, "shares", employee.session_id) == 1
    assert await audited(acme, "session.shared") == 1


async def test_a_request_waits_for_the_link_that_another_one_is_making(acme: Company, database: Database) -> None:
    employee = await sarah(acme)
    tenant = proven_tenant(acme.tenant_id)

    async def second() -> ShareRow:
        async with database.tenant(tenant) as tx:
            return await share_session(tx, session, SECRET, Caller("EMP12345"))

    async with database.tenant(tenant) as tx:
        session = await get_session(tx, employee.session_id)
        made = await share_session(tx, session, SECRET, Caller("EMP12345"))
        waiting = asyncio.create_task(second())
        await asyncio.sleep(0.3)
        assert not waiting.done()
    assert await waiting == made


async def test_only_the_hash_of_a_token_is_stored(acme: Company, database: Database) -> None:
    token = urlsplit((await share(await sarah(acme)))["url"]).path.removeprefix("/share/")
    async with database.system() as tx:
        rows = await (await tx.connection.execute("select s::text from shares s")).fetchall()
        trail = await (await tx.connection.execute("select a::text from audit_logs a")).fetchall()
    assert not any(token in row[0] for row in rows + trail)


async def test_a_revoked_link_is_dead_and_the_next_one_is_another(acme: Company) -> None:
    employee = await sarah(acme)
    made = await share(employee)
    assert (await revoke(employee)).json()["success"] is True
    refused(await opened(acme, made), 404, "SHARE_NOT_FOUND")
    again = await share(employee)
    assert again["url"] != made["url"]
    assert (await opened(acme, again)).status_code == 200
    refused(await opened(acme, made), 404, "SHARE_NOT_FOUND")


async def test_revoking_twice_or_nothing_changes_nothing(acme: Company) -> None:
    employee = await sarah(acme)
    assert (await revoke(employee)).json()["success"] is True
    await share(employee)
    for _ in range(2):
        assert (await revoke(employee)).status_code == 200
    assert await audited(acme, "session.share_revoked") == 1


async def test_a_link_lives_thirty_days_in_a_session_that_lives_longer(acme: Company, database: Database) -> None:
    employee = await sarah(acme, session_expiration_days=90)
    made = await share(employee)
    left = datetime.fromisoformat(made["expires_at"]) - now()
    assert timedelta(days=29, hours=23) < left <= timedelta(days=30)
    await age_shares(database, days=31)
    refused(await opened(acme, made), 404, "SHARE_NOT_FOUND")
    again = await share(employee)
    assert again["url"] != made["url"]
    assert (await opened(acme, again)).status_code == 200
    assert await audited(acme, "session.shared") == 2


async def age_shares(database: Database, days: int) -> None:
    """Make every link older."""
    async with database.system() as tx:
        await tx.connection.execute("update shares set expires_at = expires_at - %s", (timedelta(days=days),))


async def test_a_link_never_promises_to_outlive_its_session(acme: Company, database: Database) -> None:
    employee = await sarah(acme)
    made = await share(employee)
    assert made["expires_at"] == (await employee.get())["expires_at"]
    await shift(database, days=14, hours=1)
    refused(await opened(acme, made), 404, "SHARE_NOT_FOUND")


async def test_a_link_dies_with_its_session(acme: Company, database_url: str) -> None:
    employee = await sarah(acme)
    made = await share(employee)
    answer = await acme.http.delete(f"/api/session/{employee.session_id}", headers=employee.headers)
    assert answer.json()["erased"]["shares"] == 1
    refused(await opened(acme, made), 404, "SHARE_NOT_FOUND")
    assert await count(database_url, "shares", employee.session_id) == 0


async def test_a_link_of_an_inactive_company_is_dead(acme: Company, database: Database) -> None:
    made = await share(await sarah(acme))
    async with database.system() as tx:
        await tx.connection.execute("update tenants set status = 'inactive'")
    refused(await opened(acme, made), 404, "SHARE_NOT_FOUND")


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "..%2F..", "é", "a" * 5000])
async def test_an_unknown_link_is_404(acme: Company, token: str) -> None:
    await share(await sarah(acme))
    answer = await acme.http.get(f"/api/share/{token}")
    assert answer.status_code in (404, 422) and "goals" not in answer.json()


async def test_at_another_companys_address_a_link_is_as_if_it_were_not_there(acme: Company, globex: Company) -> None:
    made = await share(await sarah(acme))
    refused(await opened(acme, made, Host="globex.example"), 404, "SHARE_NOT_FOUND")
    refused(await opened(acme, made, **globex.headers), 404, "SHARE_NOT_FOUND")
    assert (await opened(acme, made, Host="acme.example")).status_code == 200
    assert (await opened(acme, made, **acme.headers)).status_code == 200


async def test_a_session_without_goals_has_nothing_to_share(acme: Company) -> None:
    employee = await acme.employee()
    answer = await acme.http.post(f"/api/session/{employee.session_id}/share", headers=employee.headers)
    refused(answer, 409, "NO_GOALS")


async def test_an_edited_goal_shows_behind_the_same_link(acme: Company) -> None:
    employee = await sarah(acme)
    made = await share(employee)
    edited = (
        "Within 18 months, become a senior engineer leading a team of 4 developers on the payment processing platform."
    )
    await employee.say("g4_future", edited, step="refine")
    goals = (await opened(acme, made)).json()["goals"]
    assert len(goals) == 3 and any("18 months" in goal["content"] for goal in goals)


async def test_sharing_and_revoking_need_the_sessions_own_proof(acme: Company, globex: Company) -> None:
    employee, other, theirs = await sarah(acme), await acme.employee(), await globex.employee()
    made = await share(employee)
    path = f"/api/session/{employee.session_id}/share"
    for method in ("POST", "DELETE"):
        refused(await acme.http.request(method, path, headers=acme.headers), 401, "UNAUTHORIZED")
        refused(await acme.http.request(method, path, headers=other.headers), 404, "SESSION_NOT_FOUND")
        refused(await acme.http.request(method, path, headers=theirs.headers), 404, "SESSION_NOT_FOUND")
    assert (await opened(acme, made)).status_code == 200


async def test_a_sessions_living_link_can_be_looked_up(acme: Company, globex: Company, database: Database) -> None:
    employee = await sarah(acme)

    async def seen(company: Company) -> bool:
        async with database.tenant(proven_tenant(company.tenant_id)) as tx:
            return await living_share(tx, employee.session_id) is not None

    assert not await seen(acme)
    await share(employee)
    assert (await seen(acme), await seen(globex)) == (True, False)
    await revoke(employee)
    assert not await seen(acme)
