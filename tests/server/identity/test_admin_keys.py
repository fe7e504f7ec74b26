"""Admin keys: seen without their secrets, made, and revoked so that nobody is locked out."""

import asyncio
from typing import Any

import httpx
import pytest

from state.records.database import Database
from tests.server.admins import OWN_PAGE, code, get, post, sign_in
from tests.server.client import Company


async def keys(company: Company, key: str | None = None, **params: Any) -> list[dict[str, Any]]:
    answer = await get(company, "keys", key, **params)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["keys"])


async def create(company: Company, email: str = "new@acme.example", key: str | None = None, **params: Any) -> Any:
    answer = await post(company, "keys", {"email": email}, key, **params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def revoke(company: Company, key_id: str, key: str | None = None) -> httpx.Response:
    headers = {"X-Admin-Key": key or company.admin_key}
    return await company.http.delete(f"/api/admin/keys/{key_id}", headers=headers)


async def own(company: Company, key: str | None = None) -> str:
    return str(next(one["id"] for one in await keys(company, key) if one["current"]))


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_without_a_key_there_is_nothing_to_see_or_make(acme: Company, method: str) -> None:
    answer = await acme.http.request(method, "/api/admin/keys", json={"email": "a@b.example"})
    assert code(answer) == (401, "ADMIN_KEY_INVALID")
    assert code(await acme.http.delete("/api/admin/keys/x")) == (401, "ADMIN_KEY_INVALID")


async def test_keys_are_listed_without_their_secrets(acme: Company, database: Database) -> None:
    made = await create(acme)
    listed = await get(acme, "keys")
    first, second = listed.json()["keys"]
    assert set(first) == {"id", "tenant_id", "email", "created_at", "revoked_at", "current"}
    assert (first["email"], first["current"], first["revoked_at"]) == ("hr@acme.example", True, None)
    assert (second["id"], second["email"], second["current"]) == (made["id"], "new@acme.example", False)
    assert acme.admin_key not in listed.text
    assert made["admin_key"] not in listed.text
    async with database.system() as tx:
        rows = await (await tx.connection.execute("select to_jsonb(k)::text from admin_keys k")).fetchall()
    assert made["admin_key"] not in str(rows)


async def test_a_new_key_opens_its_own_company_and_is_not_kept_by_caches(acme: Company, globex: Company) -> None:
    answer = await post(acme, "keys", {"email": "new@acme.example"})
    made = answer.json()
    assert (set(made), answer.headers["cache-control"]) == ({"id", "email", "admin_key"}, "no-store")
    assert made["admin_key"].startswith("admin_sk_acme_")
    told = (await get(acme, "me", made["admin_key"])).json()
    assert (told["email"], told["tenant"]["slug"]) == ("new@acme.example", "acme")
    assert code(await get(acme, f"config/{globex.tenant_id}", made["admin_key"])) == (404, "NOT_FOUND")
    assert [key["current"] for key in await keys(acme, made["admin_key"])] == [False, True]


@pytest.mark.parametrize(
    "body", [{}, {"email": ""}, {"email": "nobody"}, {"email": "a b@c.d"}, {"email": "a@b", "x": 1}]
)
async def test_a_key_without_an_address_is_422(acme: Company, body: Any) -> None:
    assert code(await post(acme, "keys", body)) == (422, "INVALID_BODY")
    assert len(await keys(acme)) == 1


async def test_a_revoked_key_opens_nothing_more_and_stays_in_the_list(acme: Company) -> None:
    made = await create(acme)
    await sign_in(acme, made["admin_key"])
    assert (await revoke(acme, made["id"])).status_code == 200
    assert code(await get(acme, "me", made["admin_key"])) == (401, "ADMIN_KEY_INVALID")
    assert code(await acme.http.get("/api/admin/me")) == (401, "ADMIN_KEY_INVALID"), "a sign-in with it is over too"
    assert [(key["id"] == made["id"], key["revoked_at"] is not None) for key in await keys(acme)] == [
        (False, False),
        (True, True),
    ]
    assert (await revoke(acme, made["id"])).status_code == 200, "again changes nothing"
    assert (await acme.admin("audit-logs", action="admin_key.revoked"))["total"] == 1


async def test_keys_are_made_and_revoked_in_the_audits_sight(acme: Company) -> None:
    made = await create(acme)
    await revoke(acme, made["id"])
    for action in ("admin_key.created", "admin_key.revoked"):
        (log,) = (await acme.admin("audit-logs", action=action))["logs"]
        assert (log["actor"], log["resource_type"], log["resource_id"]) == ("hr@acme.example", "admin_key", made["id"])
        assert log["payload"] == {"email": "new@acme.example"}
        assert made["admin_key"] not in str(log)


async def test_nobody_revokes_the_key_they_use_by_header_or_by_sign_in(acme: Company) -> None:
    await create(acme)
    mine = await own(acme)
    assert code(await revoke(acme, mine)) == (409, "OWN_ADMIN_KEY")
    await sign_in(acme)
    assert code(await acme.http.delete(f"/api/admin/keys/{mine}", headers=OWN_PAGE)) == (409, "OWN_ADMIN_KEY")
    assert [key["revoked_at"] for key in await keys(acme)] == [None, None]


async def test_a_companys_last_key_stays(acme: Company, system_key: str) -> None:
    assert code(await revoke(acme, await own(acme), system_key)) == (409, "LAST_ADMIN_KEY")
    made = await create(acme)
    assert (await revoke(acme, await own(acme), system_key)).status_code == 200
    assert code(await revoke(acme, made["id"], system_key)) == (409, "LAST_ADMIN_KEY")


async def test_two_admins_who_revoke_each_other_at_once_leave_one_key(acme: Company) -> None:
    for _ in range(5):
        other = await create(acme)
        mine = await own(acme)
        answers = await asyncio.gather(revoke(acme, other["id"]), revoke(acme, mine, other["admin_key"]))
        assert sorted(answer.status_code for answer in answers)[0] == 200
        assert len(await living(acme, other["admin_key"])) == 1
        if (await get(acme, "me")).status_code == 401:
            acme.admin_key = other["admin_key"]


async def living(company: Company, other: str) -> list[Any]:
    """The keys that still open the company, as whoever still has one sees them."""
    for key in (company.admin_key, other):
        answer = await get(company, "keys", key)
        if answer.status_code == 200:
            return [one for one in answer.json()["keys"] if one["revoked_at"] is None]
    return []


async def test_another_companys_keys_are_as_if_they_were_not_there(acme: Company, globex: Company) -> None:
    await create(globex, "new@globex.example")
    theirs = [key["id"] for key in await keys(globex)]
    assert {key["email"] for key in await keys(acme)} == {"hr@acme.example"}
    for key_id in (*theirs, "01JUNKNOWN"):
        assert code(await revoke(acme, key_id)) == (404, "NOT_FOUND")
    assert code(await get(acme, "keys", tenant_id=globex.tenant_id)) == (404, "NOT_FOUND")
    answer = await post(acme, "keys", {"email": "a@b.example"}, tenant_id=globex.tenant_id)
    assert code(answer) == (404, "NOT_FOUND")
    assert [(key["id"], key["revoked_at"]) for key in await keys(globex)] == [(key_id, None) for key_id in theirs]


async def test_a_system_key_sees_all_keys_and_makes_them_for_itself_or_a_company(
    acme: Company, globex: Company, system_key: str
) -> None:
    assert {key["tenant_id"] for key in await keys(acme, system_key)} == {None, acme.tenant_id, globex.tenant_id}
    narrowed = await keys(acme, system_key, tenant_id=globex.tenant_id)
    assert [(key["email"], key["current"]) for key in narrowed] == [("hr@globex.example", False)]
    theirs = await create(acme, "second@globex.example", system_key, tenant_id=globex.tenant_id)
    assert (await get(acme, "me", theirs["admin_key"])).json()["tenant"]["slug"] == "globex"
    ours = await create(acme, "ops@petraf.example", system_key)
    assert ours["admin_key"].startswith("admin_sk_system_")
    assert (await get(acme, "me", ours["admin_key"])).json()["tenant"] is None
    assert (await globex.admin("audit-logs", action="admin_key.created"))["total"] == 1
    assert (await revoke(acme, theirs["id"], system_key)).status_code == 200
    (log,) = (await globex.admin("audit-logs", action="admin_key.revoked"))["logs"]
    assert log["actor"] == "root@petraf.example"


async def test_the_last_system_key_stays(acme: Company, system_key: str) -> None:
    ours = await create(acme, "ops@petraf.example", system_key)
    assert (await revoke(acme, await own(acme, system_key), ours["admin_key"])).status_code == 200
    assert code(await revoke(acme, ours["id"], ours["admin_key"])) == (409, "OWN_ADMIN_KEY")
