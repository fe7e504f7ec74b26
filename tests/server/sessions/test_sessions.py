"""Sessions over HTTP: who gets in, how long, with which cookie, and what stays when one is erased."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

import httpx
import jwt
import pytest
from psycopg import AsyncConnection
from psycopg.sql import SQL, Identifier

from graph.tools import coach_name
from server.settings import Settings
from state.clock import now
from state.identity import proven_tenant
from state.records.database import Database
from state.records.sessions.sessions import thread_of
from tests.server.client import Company, Employee
from tests.server.conftest import SECRET, served
from tests.server.journeys import configure, lenient, sarah_after
from tests.server.test_journey import ACTIONS, FUTURE, SARAH, VALUES

INFO_FIELDS = [
    "name",
    "employee_code",
    "department",
    "position",
    "grade",
    "years_of_service",
    "age_range",
    "job_type",
]


async def all_goals(company: Company) -> Employee:
    """Sarah after the whole journey."""
    await lenient(company)
    return await sarah_after(company, 4)


async def shift(database: Database, **ago: float) -> None:
    """Make every stored time older, as if the clock had moved on."""
    async with database.system() as tx:
        found = await tx.connection.execute(
            "select table_name, column_name from information_schema.columns where table_schema = 'public' "
            "and data_type = 'timestamp with time zone' and table_name in ('sessions', 'goals', 'messages', 'turns')"
        )
        for table, column in await found.fetchall():
            statement = SQL("update {} set {c} = {c} - {}").format(
                Identifier(table), timedelta(**ago), c=Identifier(column)
            )
            await tx.connection.execute(statement)


def refused(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The inside of an error."""
    assert (answer.status_code, answer.json()["detail"]["error"]) == (status, code), answer.text
    detail: dict[str, Any] = answer.json()["detail"]
    return detail


def cookie_flags(answer: httpx.Response, name: str) -> set[str]:
    """The attributes of a cookie, in lower case, without its age."""
    line = next(line for line in answer.headers.get_list("set-cookie") if line.startswith(f"{name}="))
    return {part.strip().lower() for part in line.split(";")[1:] if "max-age" not in part.lower()}


async def create(company: Company, content: str | None = None) -> httpx.Response:
    answer = await company.http.post("/api/session/create", headers=company.headers, content=content)
    company.http.cookies.clear()
    return answer


async def resume(company: Company, cookies: dict[str, str] | None = None, **body: Any) -> httpx.Response:
    jar = "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())
    headers = {**company.headers, **({"Cookie": jar} if jar else {})}
    answer = await company.http.post("/api/session/resume", headers=headers, json=body or None)
    company.http.cookies.clear()
    return answer


async def test_a_session_is_created_without_a_body(acme: Company) -> None:
    answer = await create(acme)
    assert answer.status_code == 200
    assert set(answer.json()) == {"session_id", "resume_token", "expires_at", "status"}
    assert answer.json()["status"] == "active"


async def test_a_new_session_stands_at_its_beginning(acme: Company) -> None:
    body = (await create(acme)).json()
    session = await Employee(acme, body["session_id"], body["resume_token"]).get()
    assert (session["phase"], session["step"], session["completion_percentage"]) == ("g2_basic", "collect", 0)


async def test_the_token_says_what_the_specification_shows_and_only_its_hash_is_stored(
    acme: Company, database: Database
) -> None:
    body = (await create(acme)).json()
    claims = jwt.decode(body["resume_token"], SECRET, ["HS256"])
    assert set(claims) == {"session_id", "tenant_id", "nonce", "exp", "iat", "type", "version"}
    assert (claims["session_id"], claims["tenant_id"]) == (body["session_id"], acme.tenant_id)
    assert claims["exp"] - claims["iat"] in range(14 * 86400 - 2, 14 * 86400 + 3)
    async with database.system() as tx:
        stored = await (await tx.connection.execute("select to_jsonb(s)::text from sessions s")).fetchone()
    assert stored is not None
    assert body["resume_token"] not in stored[0]
    assert hashlib.sha256(body["resume_token"].encode()).hexdigest() in stored[0]


async def test_two_tokens_never_share_a_nonce(acme: Company) -> None:
    tokens = [(await create(acme)).json()["resume_token"] for _ in range(3)]
    assert len({jwt.decode(token, SECRET, ["HS256"])["nonce"] for token in tokens}) == 3


async def test_cookies_are_http_only_and_lax_and_not_secure_on_plain_localhost(acme: Company) -> None:
    answer = await create(acme)
    for name in ("resume_token", "petraf_sessions"):
        assert cookie_flags(answer, name) == {"httponly", "samesite=lax", "path=/"}


@pytest.mark.parametrize("headers", [{"Host": "acme.example"}, {"X-Forwarded-Proto": "https"}])
async def test_cookies_are_secure_everywhere_else(acme: Company, headers: dict[str, str]) -> None:
    answer = await acme.http.post("/api/session/create", headers={**acme.headers, **headers})
    assert "secure" in cookie_flags(answer, "resume_token")
    assert "secure" in cookie_flags(answer, "petraf_sessions")


async def test_ip_and_user_agent_are_stored_as_hashes_only(acme: Company, database: Database) -> None:
    await create(acme)
    async with database.system() as tx:
        found = await tx.connection.execute("select ip_hash, user_agent_hash, to_jsonb(s)::text from sessions s")
        row = await found.fetchone()
    assert row is not None
    assert row[0] == hashlib.sha256(b"127.0.0.1").hexdigest()
    assert len(row[1]) == 64
    assert "127.0.0.1" not in row[2]
    assert "python-httpx" not in row[2]


async def test_the_expiry_is_the_companys(acme: Company, database: Database) -> None:
    async with database.system() as tx:
        await tx.connection.execute("update tenant_configs set session_expiration_days = 3")
    expires = datetime.fromisoformat((await create(acme)).json()["expires_at"])
    assert abs(expires - now() - timedelta(days=3)) < timedelta(minutes=1)


async def test_the_first_info_opens_the_conversation_at_ten_per_cent(acme: Company) -> None:
    body = (await create(acme)).json()
    employee = Employee(acme, body["session_id"], body["resume_token"])
    answer = await employee.put("info", SARAH)
    assert answer.status_code == 200
    assert {field: answer.json()[field] for field in INFO_FIELDS} == SARAH
    assert answer.json()["completion_percentage"] == 10
    assert answer.json()["tenant_id"] == acme.tenant_id
    session = await employee.get()
    assert (session["phase"], session["step"]) == ("g4_future", "collect")
    assert "24 months" in session["question"]


async def test_info_may_be_empty_and_later_ones_change_data_only(acme: Company) -> None:
    body = (await create(acme)).json()
    employee = Employee(acme, body["session_id"], body["resume_token"])
    assert (await employee.put("info", {})).json()["completion_percentage"] == 10
    await employee.put("info", {"grade": "L4", "name": "Sarah"})
    later = (await employee.put("info", {"grade": None})).json()
    assert (later["grade"], later["name"], later["completion_percentage"]) == (None, "Sarah", 10)
    assert (await employee.get())["phase"] == "g4_future"


@pytest.mark.parametrize("field", ["full_time", "part_time", "contract", "temporary", "intern"])
async def test_every_job_type_of_the_list_is_taken(acme: Company, field: str) -> None:
    employee = await acme.employee(job_type=field)
    assert (await employee.get())["job_type"] == field


@pytest.mark.parametrize(
    "wrong",
    [
        {"salary": 1},
        {"years_of_service": -1},
        {"years_of_service": 71},
        {"years_of_service": "many"},
        {"job_type": "freelance"},
        {"department": ""},
        {"department": "x" * 201},
        {"position": "nul \x00"},
        ["not", "an", "object"],
    ],
)
async def test_wrong_info_is_422_and_changes_nothing(acme: Company, wrong: Any) -> None:
    employee = await acme.employee()
    before = await employee.get()
    refused(await employee.put("info", wrong), 422, "INVALID_BODY")
    assert await employee.get() == before


@pytest.mark.parametrize("years", [0, 70])
async def test_years_from_0_to_70_are_taken(acme: Company, years: int) -> None:
    assert (await (await acme.employee(years_of_service=years)).get())["years_of_service"] == years


async def test_a_session_resumes_by_token_in_the_body_or_in_the_cookie(acme: Company) -> None:
    employee = await acme.employee(**SARAH)
    by_body = await resume(acme, resume_token=employee.token)
    by_cookie = await resume(acme, {"resume_token": employee.token})
    for answer in (by_body, by_cookie):
        assert answer.status_code == 200
        assert answer.json()["id"] == employee.session_id
        assert cookie_flags(answer, "resume_token") >= {"httponly"}


async def test_resuming_does_not_change_the_token_or_the_expiry(acme: Company) -> None:
    employee = await acme.employee()
    before = (await employee.get())["expires_at"]
    answer = await resume(acme, resume_token=employee.token)
    assert answer.cookies["resume_token"] == employee.token
    assert answer.json()["expires_at"] == before


async def test_a_browser_switches_between_its_sessions(acme: Company) -> None:
    first = await acme.http.post("/api/session/create", headers=acme.headers)
    second = await acme.http.post("/api/session/create", headers=acme.headers)
    one, two = first.json()["session_id"], second.json()["session_id"]
    mine = await acme.http.get("/api/session/mine", headers=acme.headers)
    assert [session["id"] for session in mine.json()["sessions"]] == [two, one]
    answer = await acme.http.post("/api/session/resume", headers=acme.headers, json={"session_id": one})
    assert answer.status_code == 200, answer.text
    assert acme.http.cookies["resume_token"] == first.json()["resume_token"]
    assert (await acme.http.get(f"/api/session/{one}", headers=acme.headers)).status_code == 200


async def test_a_session_of_another_browser_is_not_resumed_by_its_id(acme: Company) -> None:
    employee = await acme.employee()
    refused(await resume(acme, session_id=employee.session_id), 404, "SESSION_NOT_FOUND")


async def test_a_forged_list_of_sessions_is_empty(acme: Company) -> None:
    employee = await acme.employee()
    claims = {"ids": [employee.session_id], "type": "sessions", "exp": int(now().timestamp()) + 99}
    forged = jwt.encode(claims, "another secret that is long enough", "HS256")
    headers = {**acme.headers, "Cookie": f"petraf_sessions={forged}"}
    assert (await acme.http.get("/api/session/mine", headers=headers)).json() == {"sessions": []}
    answer = await resume(acme, {"petraf_sessions": forged}, session_id=employee.session_id)
    refused(answer, 404, "SESSION_NOT_FOUND")


FOREIGN = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}


async def test_another_website_does_nothing_with_an_employees_cookie(acme: Company) -> None:
    created = (await acme.http.post("/api/session/create", headers=acme.headers)).json()
    session = f"/api/session/{created['session_id']}"
    tried: list[tuple[str, str, Any]] = [
        ("POST", "/api/session/create", None),
        ("POST", "/api/session/resume", {}),
        ("PUT", f"{session}/info", {"name": "Mallory"}),
        ("POST", f"{session}/share", None),
        ("DELETE", session, None),
        ("POST", "/api/chat/g4_future/stream", {"session_id": created["session_id"], "message": "I say this."}),
        ("POST", "/graph/goal-setting/invoke", {"input": {"message": "I say this."}}),
    ]
    for method, path, body in tried:
        for foreign in (FOREIGN, {"Sec-Fetch-Site": "same-site"}, {"Origin": "null"}):
            answer = await acme.http.request(method, path, headers={**acme.headers, **foreign}, json=body)
            refused(answer, 403, "CROSS_SITE")
            assert "set-cookie" not in answer.headers
    read = await acme.http.get(session, headers=acme.headers)
    assert (read.json()["name"], read.json()["phase"]) == (None, "g2_basic")


async def test_a_token_in_the_header_works_from_anywhere(acme: Company) -> None:
    employee = await acme.employee()
    answer = await acme.http.put(
        f"/api/session/{employee.session_id}/info", headers={**employee.headers, **FOREIGN}, json={"name": "Sarah"}
    )
    assert (answer.status_code, answer.json()["name"]) == (200, "Sarah")


async def test_a_browsers_list_keeps_the_ten_newest(acme: Company) -> None:
    ids = [(await acme.http.post("/api/session/create", headers=acme.headers)).json()["session_id"] for _ in range(12)]
    mine = await acme.http.get("/api/session/mine", headers=acme.headers)
    assert [session["id"] for session in mine.json()["sessions"]] == ids[:1:-1]


async def test_a_session_whose_time_is_over_is_listed_as_expired(acme: Company, database_url: str) -> None:
    ids = [(await acme.http.post("/api/session/create", headers=acme.headers)).json()["session_id"] for _ in range(2)]
    async with await AsyncConnection.connect(database_url) as connection:
        await connection.execute("update sessions set expires_at = now() - interval '1 hour' where id = %s", (ids[0],))
    mine = (await acme.http.get("/api/session/mine", headers=acme.headers)).json()["sessions"]
    assert [(session["id"], session["expired"]) for session in mine] == [(ids[1], False), (ids[0], True)]


async def test_a_session_keeps_what_the_employee_was_told_about_admins(acme: Company) -> None:
    told_no = await acme.employee()
    await configure(acme, ui_flags_json={"admins_may_read_conversations": True})
    told_yes = await acme.employee()
    await configure(acme, ui_flags_json={})
    assert [(await employee.get())["admins_may_read"] for employee in (told_no, told_yes)] == [False, True]


async def test_who_was_told_that_admins_cannot_read_is_never_read(acme: Company) -> None:
    await configure(acme, ui_flags_json={"admins_may_read_conversations": True})
    kept = []
    for told in ({"told_admins_may_read": False}, {"told_admins_may_read": True}, {}):
        created = (await acme.http.post("/api/session/create", headers=acme.headers, json=told)).json()
        employee = Employee(acme, created["session_id"], created["resume_token"])
        kept.append((await employee.get())["admins_may_read"])
    assert kept == [False, True, True]


async def test_the_company_tells_which_models_read_what_is_written(acme: Company) -> None:
    async def told() -> tuple[str, str | None]:
        answer = (await acme.http.get("/api/tenant", headers=acme.headers)).json()
        return answer["coach"], answer["embeddings"]

    assert await told() == ("rules", "local")
    await configure(acme, rag_enabled=False)
    assert await told() == ("rules", None)


@pytest.mark.parametrize(
    ("deployment", "llm_model", "answers"),
    [
        ("rules", "openai:gpt", "rules"),
        ("openai:gpt", "rules", "rules"),
        ("openai:gpt", None, "openai:gpt"),
        ("openai:gpt", "openai:other", "openai:other"),
    ],
)
def test_a_company_chooses_among_the_deployments_coaches(deployment: str, llm_model: str | None, answers: str) -> None:
    assert coach_name(deployment, llm_model) == answers


async def test_the_company_tells_what_a_page_needs_before_anybody_has_a_session(acme: Company) -> None:
    await configure(acme, threshold=6.5, ui_flags_json={"show_grade": False, "admins_may_read_conversations": True})
    told = (await acme.http.get("/api/tenant", headers=acme.headers)).json()
    assert (told["name"], told["threshold"], told["admins_may_read"]) == ("Acme Works", 6.5, True)
    assert told["ui_flags"]["show_grade"] is False
    assert [(phase["phase"], phase["limit"]) for phase in told["phases"]] == [
        ("g4_future", 300),
        ("g6_values", 1200),
        ("g8_actions", 1200),
    ]
    assert sum(criterion["weight"] for criterion in told["phases"][0]["rubric"]) == 100
    refused(await acme.http.get("/api/tenant"), 404, "TENANT_NOT_FOUND")


async def test_the_list_shows_sessions_of_the_asking_company_only(acme: Company, globex: Company) -> None:
    await acme.http.post("/api/session/create", headers=acme.headers)
    theirs = await acme.http.get("/api/session/mine", headers=globex.headers)
    assert theirs.json() == {"sessions": []}


async def test_resuming_with_nothing_is_401(acme: Company) -> None:
    refused(await resume(acme), 401, "UNAUTHORIZED")


def token(session_id: str, tenant_id: str, secret: str = SECRET, seconds: int = 99, **more: Any) -> str:
    """A token as an attacker or an old client might present it."""
    claims = {"session_id": session_id, "tenant_id": tenant_id, "type": "resume_token", **more}
    return jwt.encode({**claims, "exp": int(now().timestamp()) + seconds}, secret, "HS256")


async def test_a_bad_token_is_401_on_every_way_in(acme: Company) -> None:
    employee = await acme.employee()
    bad = {
        "no token at all": "nonsense",
        "another secret": token(employee.session_id, acme.tenant_id, "another secret that is long enough"),
        "never issued": token(employee.session_id, acme.tenant_id),
        "another type": token(employee.session_id, acme.tenant_id, type="sessions"),
        "no signature": employee.token.rpartition(".")[0] + ".",
    }
    for why, wrong in bad.items():
        read = await acme.http.get(
            f"/api/session/{employee.session_id}", headers={**acme.headers, "Authorization": f"Bearer {wrong}"}
        )
        assert read.status_code == 401, why
        assert read.headers["www-authenticate"] == "Bearer"
        refused(await resume(acme, resume_token=wrong), 401, "UNAUTHORIZED")


async def test_a_token_whose_time_is_over_is_told_apart(acme: Company) -> None:
    employee = await acme.employee()
    old = token(employee.session_id, acme.tenant_id, seconds=-5)
    refused(await resume(acme, resume_token=old), 401, "TOKEN_EXPIRED")
    answer = await acme.http.get(
        f"/api/session/{employee.session_id}", headers={**acme.headers, "Authorization": f"Bearer {old}"}
    )
    refused(answer, 401, "TOKEN_EXPIRED")


async def test_a_session_whose_time_is_over_lets_nobody_in(acme: Company, database: Database) -> None:
    employee = await acme.employee()
    await shift(database, days=14, hours=1)
    refused(await resume(acme, resume_token=employee.token), 401, "TOKEN_EXPIRED")
    answer = await acme.http.get(f"/api/session/{employee.session_id}", headers=employee.headers)
    refused(answer, 401, "TOKEN_EXPIRED")


async def test_a_session_needs_its_token(acme: Company) -> None:
    employee = await acme.employee()
    for answer in (
        await acme.http.get(f"/api/session/{employee.session_id}", headers=acme.headers),
        await acme.http.get(f"/api/goals/session/{employee.session_id}", headers=acme.headers),
        await acme.http.delete(f"/api/session/{employee.session_id}", headers=acme.headers),
    ):
        refused(answer, 401, "UNAUTHORIZED")


async def test_the_header_wins_over_the_cookie(acme: Company) -> None:
    one, two = await acme.employee(), await acme.employee()
    answer = await acme.http.get(
        f"/api/session/{one.session_id}", headers={**one.headers, "Cookie": f"resume_token={two.token}"}
    )
    assert answer.status_code == 200


async def test_another_sessions_token_is_404(acme: Company) -> None:
    one, two = await acme.employee(), await acme.employee()
    for method, path in (("GET", ""), ("PUT", "/info"), ("POST", "/complete"), ("GET", "/messages"), ("DELETE", "")):
        answer = await acme.http.request(
            method,
            f"/api/session/{two.session_id}{path}",
            headers=one.headers,
            json={} if method == "PUT" else None,
        )
        refused(answer, 404, "SESSION_NOT_FOUND")


async def test_another_companys_session_is_404(acme: Company, globex: Company) -> None:
    theirs = await globex.employee()
    headers = {**acme.headers, "Authorization": f"Bearer {theirs.token}"}
    refused(await acme.http.get(f"/api/session/{theirs.session_id}", headers=headers), 404, "SESSION_NOT_FOUND")
    refused(await resume(acme, resume_token=theirs.token), 404, "SESSION_NOT_FOUND")


async def test_the_host_names_the_company(acme: Company) -> None:
    answer = await acme.http.post("/api/session/create", headers={"Host": "ACME.example:8443"})
    assert answer.status_code == 200
    assert jwt.decode(answer.json()["resume_token"], SECRET, ["HS256"])["tenant_id"] == acme.tenant_id


async def test_a_host_and_a_header_of_two_companies_are_refused(acme: Company, globex: Company) -> None:
    headers = {"Host": "acme.example", "X-Tenant-ID": globex.tenant_id}
    refused(await acme.http.post("/api/session/create", headers=headers), 400, "TENANT_MISMATCH")
    same = {"Host": "acme.example", "X-Tenant-ID": acme.tenant_id}
    assert (await acme.http.post("/api/session/create", headers=same)).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Tenant-ID": "550e8400-e29b-41d4-a716-446655440000"},
        {"X-Tenant-ID": "not a uuid"},
        {"Host": "unknown.example"},
        {"Host": "[broken"},
    ],
)
async def test_an_unknown_company_is_404(acme: Company, headers: dict[str, str]) -> None:
    refused(await acme.http.post("/api/session/create", headers=headers), 404, "TENANT_NOT_FOUND")


async def test_an_inactive_company_is_404_and_its_keys_are_401(acme: Company, database: Database) -> None:
    employee = await acme.employee()
    async with database.system() as tx:
        await tx.connection.execute("update tenants set status = 'inactive'")
    refused(await create(acme), 404, "TENANT_NOT_FOUND")
    answer = await acme.http.get(f"/api/session/{employee.session_id}", headers=employee.headers)
    refused(answer, 404, "TENANT_NOT_FOUND")
    answer = await acme.http.get("/api/admin/tenants", headers=acme.admin_headers)
    refused(answer, 401, "ADMIN_KEY_INVALID")


async def test_on_loopback_the_company_is_named_by_its_slug(acme: Company) -> None:
    assert (await acme.http.post("/api/session/create?tenant=acme")).status_code == 200
    refused(await acme.http.post("/api/session/create?tenant=nobody"), 404, "TENANT_NOT_FOUND")
    elsewhere = await acme.http.post("/api/session/create?tenant=acme", headers={"Host": "petraf.example"})
    refused(elsewhere, 404, "TENANT_NOT_FOUND")


async def test_completing_names_the_phases_without_a_goal(acme: Company) -> None:
    employee = await acme.employee()
    answer = await acme.http.post(f"/api/session/{employee.session_id}/complete", headers=employee.headers)
    message = refused(answer, 409, "GOALS_MISSING")["message"]
    assert all(phase in message for phase in ("g4_future", "g6_values", "g8_actions"))
    assert (await employee.get())["status"] == "active"


async def test_completing_a_completed_session_changes_nothing(acme: Company) -> None:
    sarah = await all_goals(acme)
    before = await sarah.get()
    assert (before["status"], before["completion_percentage"]) == ("completed", 100)
    for _ in range(2):
        answer = await acme.http.post(f"/api/session/{sarah.session_id}/complete", headers=sarah.headers)
        assert answer.status_code == 200
        assert answer.json()["success"]
    assert await sarah.get() == before
    assert (await acme.admin("audit-logs", action="session.completed"))["total"] == 1


async def test_sarah_comes_back_after_three_days(acme: Company, database: Database) -> None:
    sarah = await all_goals(acme)
    goals = (await sarah.goals())["goals"]
    await shift(database, days=3, minutes=5)
    answer = (await resume(acme, {"resume_token": sarah.token})).json()
    assert (answer["id"], answer["status"], answer["completion_percentage"]) == (sarah.session_id, "completed", 100)
    assert datetime.fromisoformat(answer["last_accessed_at"]) - datetime.fromisoformat(
        answer["completed_at"]
    ) >= timedelta(days=3)
    assert [goal["content"] for goal in (await sarah.goals())["goals"]] == [goal["content"] for goal in goals]
    log = (await acme.admin("audit-logs", action="session.resumed"))["logs"][-1]
    assert log["payload"] == {"days_since_completion": 3}
    assert log["actor"] == "EMP12345"


async def test_erasing_leaves_no_row_and_answers_how_many_went(acme: Company, database: Database) -> None:
    sarah = await all_goals(acme)
    answer = await acme.http.delete(f"/api/session/{sarah.session_id}", headers=sarah.headers)
    assert answer.status_code == 200
    erased = answer.json()["erased"]
    assert {"sessions": 1, "messages": 8, "goals": 3, "goal_links": 2, "turns": 4}.items() <= erased.items()
    thread = thread_of(proven_tenant(acme.tenant_id), sarah.session_id)
    async with database.system() as tx:
        for table in ("sessions", "conversation_state", "messages", "goals", "goal_links", "turns"):
            found = await tx.connection.execute(SQL("select count(*) from {}").format(Identifier(table)))
            assert await found.fetchone() == (0,), table
        for table in ("checkpoints", "checkpoint_blobs", "checkpoint_writes"):
            left = SQL("select count(*) from {} where thread_id = {}").format(Identifier(table), thread)
            assert await (await tx.connection.execute(left)).fetchone() == (0,), table


async def test_after_erasing_the_session_is_as_if_it_were_not_there(acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    await acme.http.delete(f"/api/session/{sarah.session_id}", headers=sarah.headers)
    for answer in (
        await acme.http.get(f"/api/session/{sarah.session_id}", headers=sarah.headers),
        await acme.http.delete(f"/api/session/{sarah.session_id}", headers=sarah.headers),
        await resume(acme, resume_token=sarah.token),
    ):
        refused(answer, 404, "SESSION_NOT_FOUND")


async def test_after_erasing_the_audit_keeps_what_happened_without_whom_and_what(acme: Company) -> None:
    sarah = await acme.employee(**SARAH)
    other = await acme.employee(employee_code="EMP999")
    await acme.http.delete(f"/api/session/{sarah.session_id}", headers=sarah.headers)
    logs = (await acme.admin("audit-logs", session_id=sarah.session_id))["logs"]
    assert [log["action"] for log in logs] == ["session.created", "session.info_updated"]
    assert {log["actor"][:7] for log in logs} == {"erased:"}
    assert len({log["actor"] for log in logs}) == 1
    for log in logs:
        assert (log["payload"], log["changes"], log["ip_address"], log["user_agent"]) == ({}, {}, None, None)
    assert "EMP12345" not in str(logs)
    kept = (await acme.admin("audit-logs", session_id=other.session_id))["logs"]
    assert kept[-1]["actor"] == "EMP999"


async def test_erasing_one_session_keeps_the_cookie_of_another(acme: Company) -> None:
    one, two = await acme.employee(), await acme.employee()
    for erased, cookie, goes in ((one, two, False), (two, two, True)):
        headers = {**erased.headers, "Cookie": f"resume_token={cookie.token}"}
        answer = await acme.http.delete(f"/api/session/{erased.session_id}", headers=headers)
        assert ("set-cookie" in answer.headers) is goes


async def test_messages_are_paged_backwards_newest_last(acme: Company) -> None:
    sarah = await all_goals(acme)
    everything = await sarah.get("messages")
    assert everything["total"] == 8
    assert [m["role"] for m in everything["messages"]] == ["user", "assistant"] * 4
    assert [m["content"] for m in everything["messages"] if m["role"] == "user"] == [*FUTURE, VALUES, ACTIONS]
    assert set(everything["messages"][0]) == {
        "id", "turn_id", "role", "content", "phase", "step", "sources", "withheld", "created_at",
    }  # fmt: skip
    newest = await sarah.get("messages?limit=3")
    assert newest["messages"] == everything["messages"][-3:]
    before = await sarah.get(f"messages?limit=3&before={newest['messages'][0]['id']}")
    assert before["messages"] == everything["messages"][-6:-3]
    assert (await sarah.get(f"messages?before={everything['messages'][0]['id']}"))["messages"] == []


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=many", "before=%00"])
async def test_a_wrong_page_is_422(acme: Company, query: str) -> None:
    sarah = await acme.employee()
    answer = await acme.http.get(f"/api/session/{sarah.session_id}/messages?{query}", headers=sarah.headers)
    refused(answer, 422, "INVALID_BODY")


async def test_with_session_auth_id_the_id_is_enough_and_a_wrong_token_still_is_not(
    settings: Settings, database_url: str, acme: Company, globex: Company
) -> None:
    sarah, theirs = await acme.employee(**SARAH), await globex.employee()
    open_settings = settings.model_copy(update={"session_auth": "id"})
    async with served(open_settings, database_url) as address, httpx.AsyncClient(base_url=address, timeout=60) as http:
        answer = await http.get(f"/api/session/{sarah.session_id}", headers=acme.headers)
        assert answer.status_code == 200
        wrong = {**acme.headers, "Authorization": f"Bearer {theirs.token}"}
        assert (await http.get(f"/api/session/{sarah.session_id}", headers=wrong)).status_code == 404
        refused(await http.get(f"/api/session/{theirs.session_id}", headers=acme.headers), 404, "SESSION_NOT_FOUND")


async def test_times_are_utc_with_milliseconds(acme: Company) -> None:
    session = await (await acme.employee()).get()
    for field in ("created_at", "updated_at", "last_accessed_at", "expires_at"):
        moment = session[field]
        assert moment.endswith("Z")
        assert len(moment) == len("2025-01-10T09:00:00.000Z")


async def test_metadata_that_json_cannot_hold_is_422(acme: Company) -> None:
    for body in ('{"metadata": {"a": NaN}}', '{"metadata": {"a": 1e999}}', '{"metadata": {"a": "\\ud800"}}'):
        answer = await create(acme, content=body)
        refused(answer, 422, "INVALID_BODY")
