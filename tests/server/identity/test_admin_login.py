"""Signing in to the admin console: the cookie, what it opens, and what another website can't do with it."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from state.records.database import Database
from tests.server.admins import OWN_PAGE, code, get, sign_in
from tests.server.client import Company
from tests.server.conftest import SECRET, Advance


def forged(company: Company, key_id: str, **changes: Any) -> str:
    """A sign-in as the server signs it, with changes."""
    claims = {
        "key_id": key_id,
        "tenant_id": company.tenant_id,
        "exp": int((datetime.now(UTC) + timedelta(hours=1)).timestamp()),
        "type": "admin_session",
    }
    return jwt.encode({**claims, **changes}, SECRET, "HS256")


async def key_id(database: Database) -> str:
    async with database.system() as tx:
        found = await (await tx.connection.execute("select id from admin_keys order by id limit 1")).fetchone()
    assert found is not None
    return str(found[0])


async def me(company: Company, **headers: str) -> Any:
    return await company.http.get("/api/admin/me", headers=headers)


async def test_a_key_becomes_a_cookie_for_twelve_hours_that_no_script_reads(acme: Company) -> None:
    answer = await sign_in(acme)
    body = answer.json()
    told = {"id": acme.tenant_id, "name": "Acme Works", "slug": "acme", "domain": "acme.example"}
    assert (answer.status_code, body["email"], body["tenant"]) == (200, "hr@acme.example", told)
    left = datetime.fromisoformat(body["expires_at"]) - datetime.now(UTC)
    assert timedelta(hours=11, minutes=59) < left <= timedelta(hours=12)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("petraf_admin=")
    assert {"HttpOnly", "Path=/", "SameSite=strict", "Max-Age=43200"} <= set(cookie.split("; "))
    assert acme.admin_key not in str(jwt.decode(acme.http.cookies["petraf_admin"], SECRET, ["HS256"]))
    assert (await me(acme)).json() == body


@pytest.mark.parametrize("headers", [{"Host": "acme.example"}, {"X-Forwarded-Proto": "https"}])
async def test_the_cookie_is_secure_everywhere_but_on_plain_localhost(acme: Company, headers: dict[str, str]) -> None:
    assert "Secure" not in (await sign_in(acme)).headers["set-cookie"]
    assert "Secure" in (await sign_in(acme, **headers)).headers["set-cookie"]


async def test_a_pasted_key_may_have_blanks_around_it(acme: Company) -> None:
    assert (await sign_in(acme, f" {acme.admin_key}\n")).status_code == 200


async def test_the_cookie_opens_what_the_key_opens_and_nothing_of_another_company(
    acme: Company, globex: Company
) -> None:
    await sign_in(acme)
    assert (await acme.http.get(f"/api/admin/config/{acme.tenant_id}")).status_code == 200
    assert code(await acme.http.get(f"/api/admin/config/{globex.tenant_id}")) == (404, "NOT_FOUND")
    listed = (await acme.http.get("/api/admin/tenants")).json()["tenants"]
    assert [tenant["id"] for tenant in listed] == [acme.tenant_id]


async def test_a_system_keys_sign_in_sees_every_company(acme: Company, globex: Company, system_key: str) -> None:
    answer = (await sign_in(acme, system_key)).json()
    assert (answer["email"], answer["tenant"]) == ("root@petraf.example", None)
    assert (await acme.http.get("/api/admin/tenants")).json()["total"] == 2
    assert (await acme.http.get(f"/api/admin/config/{globex.tenant_id}")).status_code == 200


async def test_with_the_key_itself_there_is_no_end_of_the_sign_in(acme: Company) -> None:
    told = (await get(acme, "me")).json()
    assert (told["email"], told["tenant"]["id"], told["expires_at"]) == ("hr@acme.example", acme.tenant_id, None)


async def test_the_header_wins_over_the_cookie(acme: Company, globex: Company) -> None:
    await sign_in(acme)
    assert (await get(globex, "me")).json()["tenant"]["slug"] == "globex"
    assert code(await get(acme, "me", "wrong")) == (401, "ADMIN_KEY_INVALID")


async def test_a_wrong_key_is_told_apart_and_stands_in_no_log(acme: Company, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        answer = await sign_in(acme, "admin_sk_acme_wrong")
    assert code(answer) == (401, "ADMIN_KEY_INVALID")
    assert "set-cookie" not in answer.headers
    assert "sign-in failed" in caplog.text
    assert "admin_sk_acme_wrong" not in caplog.text
    assert (await acme.admin("audit-logs", action="admin.signed_in"))["total"] == 0


async def test_a_sign_in_is_audited_with_the_key_it_used(acme: Company, database: Database) -> None:
    await sign_in(acme)
    logs = (await acme.admin("audit-logs", action="admin.signed_in"))["logs"]
    assert [(log["actor"], log["resource_type"], log["resource_id"]) for log in logs] == [
        ("hr@acme.example", "admin_key", await key_id(database))
    ]


async def test_a_system_keys_sign_in_is_audited_outside_of_companies(acme: Company, system_key: str) -> None:
    await sign_in(acme, system_key)
    logs = (await get(acme, "audit-logs", system_key, action="admin.signed_in")).json()["logs"]
    assert [(log["actor"], log["tenant_id"]) for log in logs] == [("root@petraf.example", None)]
    assert (await acme.admin("audit-logs", action="admin.signed_in"))["total"] == 0


async def test_a_revoked_key_signs_out_whoever_signed_in_with_it(acme: Company, database: Database) -> None:
    await sign_in(acme)
    async with database.system() as tx:
        await tx.connection.execute("update admin_keys set revoked_at = now()")
    assert code(await me(acme)) == (401, "ADMIN_KEY_INVALID")
    assert code(await sign_in(acme)) == (401, "ADMIN_KEY_INVALID")


async def test_an_inactive_company_is_signed_out(acme: Company, database: Database) -> None:
    await sign_in(acme)
    async with database.system() as tx:
        await tx.connection.execute("update tenants set status = 'inactive'")
    assert code(await me(acme)) == (401, "ADMIN_KEY_INVALID")


async def test_a_sign_in_that_is_over_says_so(acme: Company, database: Database) -> None:
    hour_ago = int((datetime.now(UTC) - timedelta(hours=1)).timestamp())
    acme.http.cookies["petraf_admin"] = forged(acme, await key_id(database), exp=hour_ago)
    assert code(await me(acme)) == (401, "ADMIN_SESSION_EXPIRED")


async def test_only_our_own_sign_ins_open_anything(acme: Company, globex: Company, database: Database) -> None:
    ours = await key_id(database)
    employee = await acme.employee()
    acme.http.cookies["petraf_admin"] = forged(acme, ours)
    assert (await me(acme)).status_code == 200
    wrong = (
        "nonsense",
        employee.token,
        jwt.encode(
            jwt.decode(forged(acme, ours), SECRET, ["HS256"]), "another secret of the same length, or so", "HS256"
        ),
        forged(acme, "01JUNKNOWN"),
        forged(globex, ours),
        forged(acme, ours, tenant_id=None),
        forged(acme, ours, tenant_id="no uuid"),
        forged(acme, ours, type="resume_token"),
    )
    for token in wrong:
        acme.http.cookies["petraf_admin"] = token
        assert code(await me(acme)) == (401, "ADMIN_KEY_INVALID"), token


async def test_signing_out_takes_the_cookie_back_also_one_that_is_no_good(acme: Company) -> None:
    await sign_in(acme)
    answer = await acme.http.post("/api/admin/logout", headers=OWN_PAGE)
    assert (answer.status_code, answer.json()["success"]) == (200, True)
    assert "petraf_admin" not in acme.http.cookies
    assert code(await me(acme)) == (401, "ADMIN_KEY_INVALID")
    assert (await acme.http.post("/api/admin/logout")).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "{own}"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    ],
)
async def test_another_website_changes_nothing_with_the_cookie(acme: Company, headers: dict[str, str]) -> None:
    await sign_in(acme)
    own = str(acme.http.base_url).rstrip("/")
    sent = {name: value.format(own=own) for name, value in headers.items()}
    path = f"/api/admin/config/{acme.tenant_id}"
    assert code(await acme.http.put(path, headers=sent, json={"threshold": 1})) == (403, "CROSS_SITE")
    with_key = await acme.http.put(path, headers={**sent, **acme.admin_headers}, json={})
    assert with_key.status_code == 200, "a key in the header is no ambient right"
    assert (await acme.http.get(path, headers=sent)).json()["threshold"] == 7


@pytest.mark.parametrize("headers", [OWN_PAGE, {"Sec-Fetch-Site": "none"}, {"Origin": "{own}"}])
async def test_our_own_page_changes_things_with_the_cookie(acme: Company, headers: dict[str, str]) -> None:
    await sign_in(acme)
    sent = {name: value.format(own=str(acme.http.base_url).rstrip("/")) for name, value in headers.items()}
    answer = await acme.http.put(f"/api/admin/config/{acme.tenant_id}", headers=sent, json={"threshold": 6})
    assert (answer.status_code, answer.json()["threshold"]) == (200, 6)


async def test_another_website_signs_nobody_in_or_out(acme: Company) -> None:
    await sign_in(acme)
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    assert code(await sign_in(acme, **foreign)) == (403, "CROSS_SITE")
    assert code(await acme.http.post("/api/admin/logout", headers=foreign)) == (403, "CROSS_SITE")
    assert (await me(acme)).status_code == 200


async def test_an_address_signs_in_five_times_a_second(acme: Company, advance: Advance) -> None:
    answers = [await sign_in(acme, "wrong") for _ in range(6)]
    assert [answer.status_code for answer in answers[:5]] == [401] * 5
    assert code(answers[5]) == (429, "RATE_LIMITED")
    assert answers[5].headers["retry-after"] == "1"


@pytest.mark.parametrize(
    "body", [{}, {"key": ""}, {"key": "x" * 301}, {"key": 5}, {"key": "a\x00"}, {"key": "a", "b": 1}]
)
async def test_a_sign_in_without_a_key_is_422(acme: Company, body: Any) -> None:
    assert code(await acme.http.post("/api/admin/login", json=body)) == (422, "INVALID_BODY")
