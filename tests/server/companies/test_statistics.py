"""Statistics: what is counted, by which day, and what is left out where it would tell of single people."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import psycopg
import pytest

from state.records.companies.statistics import too_few
from state.records.database import Database
from tests.server.admins import code, get
from tests.server.client import Company
from tests.server.test_journey import SARAH

PLOTS = ("overview", "series", "criteria", "funnel")
PHASES = {"g4_future": "future", "g6_values": "values", "g8_actions": "actions"}
number = count(1)


def today() -> datetime:
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def noon(days_ago: int) -> datetime:
    return today() - timedelta(days=days_ago) + timedelta(hours=12 if days_ago else 0)


def begin(
    url: str,
    company: Company,
    times: int,
    *,
    at: datetime | None = None,
    status: str = "active",
    phase: str = "g4_future",
    minutes: float | None = None,
) -> list[str]:
    """Sessions as rows, written by the database's owner (a superuser); their ids."""
    moment = at or noon(1)
    ids = [f"S{next(number):08}" for _ in range(times)]
    done = moment + timedelta(minutes=minutes) if minutes is not None else None
    with psycopg.connect(url) as connection:
        for session_id in ids:
            connection.execute(
                "insert into sessions (id, tenant_id, status, resume_token_hash, expires_at, created_at, completed_at)"
                " values (%s, %s, %s, 'x', now() + interval '14 days', %s, %s)",
                (session_id, company.tenant_id, status, moment, done),
            )
            connection.execute(
                "insert into conversation_state (session_id, tenant_id, phase) values (%s, %s, %s)",
                (session_id, company.tenant_id, phase),
            )
    return ids


def hold(
    url: str,
    company: Company,
    sessions: Sequence[str],
    phase: str,
    score: float,
    criteria: dict[str, float] | None = None,
    *,
    at: datetime | None = None,
    final: bool = True,
) -> None:
    """A goal for each of the sessions."""
    judged = {"criteria": [{"name": name, "score": level} for name, level in (criteria or {"clarity": score}).items()]}
    with psycopg.connect(url) as connection:
        for session_id in sessions:
            connection.execute(
                "insert into goals (id, session_id, tenant_id, turn_id, type, phase, content, score, is_final, score_details,"
                " created_at) values (%s, %s, %s, %s, %s, %s, 'a goal', %s, %s, %s, %s)",
                (
                    f"G{next(number):08}",
                    session_id,
                    company.tenant_id,
                    f"t{next(number)}",
                    PHASES[phase],
                    phase,
                    score,
                    final,
                    json.dumps(judged),
                    at or noon(1),
                ),
            )


async def stats(company: Company, plot: str, **params: Any) -> Any:
    return await company.admin(f"stats/{plot}", **params)


def phase_of(answer: Any, phase: str) -> Any:
    return next(one for one in answer["phases"] if one["phase"] == phase)


@pytest.mark.parametrize("plot", PLOTS)
async def test_without_a_key_nothing_is_told(acme: Company, plot: str) -> None:
    assert code(await acme.http.get(f"/api/admin/stats/{plot}")) == (401, "ADMIN_KEY_INVALID")


@pytest.mark.parametrize("plot", PLOTS)
async def test_another_companys_numbers_are_as_if_they_were_not_there(
    acme: Company, globex: Company, database_url: str, plot: str
) -> None:
    hold(database_url, globex, begin(database_url, globex, 7, minutes=5, status="completed"), "g4_future", 8)
    told = await stats(acme, plot, tenant_id=acme.tenant_id)
    counted = {
        "overview": lambda: [told["total_sessions"], told["total_goals_created"]],
        "series": lambda: [day["total"] for day in told["days"]],
        "criteria": lambda: [phase["goals"] for phase in told["phases"]],
        "funnel": lambda: [step["sessions"] for step in told["steps"]],
    }[plot]()
    assert set(counted) == {0}
    assert code(await get(acme, f"stats/{plot}", tenant_id=globex.tenant_id)) == (404, "NOT_FOUND")
    assert code(await get(acme, f"stats/{plot}", tenant_id="no-uuid")) == (404, "NOT_FOUND")


async def test_a_system_key_sees_all_companies_together_or_one_of_them(
    acme: Company, globex: Company, database_url: str, system_key: str
) -> None:
    hold(database_url, acme, begin(database_url, acme, 6), "g4_future", 6)
    hold(database_url, globex, begin(database_url, globex, 7), "g4_future", 8)
    for tenant_id, sessions, average in ((None, 13, 7.08), (acme.tenant_id, 6, 6.0), (globex.tenant_id, 7, 8.0)):
        narrowed = {"tenant_id": tenant_id} if tenant_id else {}
        told = {plot: (await get(acme, f"stats/{plot}", system_key, **narrowed)).json() for plot in PLOTS}
        assert told["overview"]["total_sessions"] == sessions
        assert told["overview"]["total_tenants"] == (1 if tenant_id else 2)
        assert sum(day["total"] for day in told["series"]["days"]) == sessions
        assert phase_of(told["criteria"], "g4_future")["avg_score"] == average
        assert told["funnel"]["steps"][0]["sessions"] == sessions


async def test_a_company_without_a_session_has_zeros_and_nothing_hidden(acme: Company) -> None:
    told = await stats(acme, "series")
    assert len(told["days"]) == 30
    none = {"total": 0, "active": 0, "completed": 0, "abandoned": 0, "too_few": False}
    assert all({**day, **none} == day for day in told["days"])
    for phase in (await stats(acme, "criteria"))["phases"]:
        assert (phase["goals"], phase["avg_score"], phase["criteria"], phase["too_few"]) == (0, None, [], False)
        assert [step["goals"] for step in phase["scores"]] == [0] * 10
    funnel = await stats(acme, "funnel")
    assert [(step["sessions"], step["share"]) for step in funnel["steps"]] == [(0, None)] * 5
    times = {"sessions": 0, "median": None, "p25": None, "p75": None, "too_few": False}
    assert (funnel["too_few"], funnel["time_to_finish_minutes"]) == (False, times)


@pytest.mark.parametrize("days", [1, 2, 366])
async def test_every_day_of_the_window_is_listed_once_up_to_today(acme: Company, days: int) -> None:
    told = await stats(acme, "series", days=days)
    dates = [(today() - timedelta(days=ago)).date().isoformat() for ago in reversed(range(days))]
    assert ([day["date"] for day in told["days"]], told["from"], told["to"]) == (dates, dates[0], dates[-1])


@pytest.mark.parametrize("plot", ["series", "criteria", "funnel"])
@pytest.mark.parametrize("days", ["0", "367", "x"])
async def test_a_window_of_no_days_or_too_many_is_422(acme: Company, plot: str, days: str) -> None:
    assert code(await get(acme, f"stats/{plot}", days=days)) == (422, "INVALID_BODY")


@pytest.fixture
def auckland(database_url: str) -> None:
    """A database whose own days begin eleven hours or more before those of UTC."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(f"alter database {connection.info.dbname} set timezone to 'Pacific/Auckland'")


async def test_a_day_is_a_day_of_utc_whatever_the_database_thinks(
    auckland: None, acme: Company, database_url: str
) -> None:
    yesterday = today() - timedelta(days=1)
    begin(database_url, acme, 5, at=yesterday)
    begin(database_url, acme, 6, at=yesterday + timedelta(hours=23, minutes=59, seconds=59))
    begin(database_url, acme, 7, at=yesterday - timedelta(seconds=1))
    told = await stats(acme, "series", days=3)
    assert [day["total"] for day in told["days"]] == [7, 11, 0]
    assert [day["total"] for day in (await stats(acme, "series", days=2))["days"]] == [11, 0]


async def test_sessions_are_counted_by_what_became_of_them(acme: Company, database_url: str) -> None:
    begin(database_url, acme, 3, status="active")
    begin(database_url, acme, 2, status="completed", minutes=30)
    begin(database_url, acme, 1, status="abandoned")
    late = begin(database_url, acme, 2, status="active")
    with psycopg.connect(database_url) as connection:
        connection.execute("update sessions set expires_at = now() - interval '1 hour' where id = any(%s)", (late,))
    day = (await stats(acme, "series", days=2))["days"][0]
    assert (day["total"], day["active"], day["completed"], day["abandoned"]) == (8, 3, 2, 3)


async def test_a_day_with_fewer_than_five_sessions_shows_how_many_and_no_more(acme: Company, database_url: str) -> None:
    for days_ago, times in ((4, 4), (3, 3), (2, 5), (1, 9)):
        begin(database_url, acme, times, at=noon(days_ago), status="completed", minutes=5)
    days = (await stats(acme, "series", days=5))["days"]
    assert [(day["total"], day["completed"], day["too_few"]) for day in days] == [
        (4, None, True),
        (3, None, True),
        (5, 5, False),
        (9, 9, False),
        (0, 0, False),
    ]
    assert {day["active"] for day in days if day["too_few"]} == {None}


async def test_a_single_small_day_takes_the_next_larger_one_with_it(acme: Company, database_url: str) -> None:
    """Else its parts would be the overview's less those of all other days."""
    for days_ago, times in ((3, 4), (2, 6), (1, 9)):
        begin(database_url, acme, times, at=noon(days_ago), status="completed", minutes=5)
    days = (await stats(acme, "series", days=4))["days"]
    assert [(day["total"], day["completed"]) for day in days] == [(4, None), (6, None), (9, 9), (0, 0)]


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ([], []),
        ([0, 0], [False, False]),
        ([5, 9], [False, False]),
        ([4], [True]),
        ([4, 0], [True, False]),
        ([4, 9, 7], [True, False, True]),
        ([1, 1, 9, 7], [True, True, False, True]),
        ([2, 3, 9], [True, True, False]),
        ([1, 2, 2, 9], [True, True, True, False]),
    ],
)
def test_what_is_hidden_is_never_one_group_nor_fewer_than_five_people(sizes: list[int], hidden: list[bool]) -> None:
    assert too_few(sizes) == hidden


async def test_scores_are_counted_by_phase_and_step_and_averaged_by_criterion(acme: Company, database_url: str) -> None:
    sessions = begin(database_url, acme, 6)
    for session, score in zip(sessions, (0, 0.9, 7, 7.9, 9, 10), strict=True):
        hold(database_url, acme, [session], "g4_future", score, {"specificity": score, "clarity": 5})
    hold(database_url, acme, sessions, "g4_future", 1, final=False)
    told = await stats(acme, "criteria")
    assert [phase["phase"] for phase in told["phases"]] == list(PHASES)
    future = phase_of(told, "g4_future")
    assert (future["goals"], future["avg_score"], future["too_few"]) == (6, 5.8, False)
    assert [(step["from"], step["to"]) for step in future["scores"]] == [(n, n + 1) for n in range(10)]
    assert [step["goals"] for step in future["scores"]] == [2, 0, 0, 0, 0, 0, 0, 2, 0, 2]
    assert future["criteria"] == [
        {"name": "specificity", "goals": 6, "avg_score": 5.8, "too_few": False},
        {"name": "clarity", "goals": 6, "avg_score": 5.0, "too_few": False},
    ]


async def test_only_goals_of_the_window_are_averaged(acme: Company, database_url: str) -> None:
    sessions = begin(database_url, acme, 10)
    hold(database_url, acme, sessions[:5], "g4_future", 4, at=noon(9))
    hold(database_url, acme, sessions[5:], "g4_future", 8, at=noon(3))
    assert phase_of(await stats(acme, "criteria", days=5), "g4_future")["avg_score"] == 8
    assert phase_of(await stats(acme, "criteria", days=10), "g4_future")["avg_score"] == 6


async def test_fewer_than_five_goals_of_a_phase_show_how_many_and_no_more(acme: Company, database_url: str) -> None:
    sessions = begin(database_url, acme, 20)
    hold(database_url, acme, sessions, "g4_future", 8)
    hold(database_url, acme, sessions[:9], "g6_values", 7)
    hold(database_url, acme, sessions[:4], "g8_actions", 3)
    told = await stats(acme, "criteria")
    shown = [
        (p["goals"], p["avg_score"], p["scores"] is None, p["criteria"] is None, p["too_few"]) for p in told["phases"]
    ]
    assert shown[0] == (20, 8.0, False, False, False)
    assert shown[2] == (4, None, True, True, True)
    assert shown[1] == (9, None, True, True, True), "else the overview's average would tell that of the four"


async def test_a_criterion_of_fewer_than_five_goals_is_not_averaged_nor_the_one_it_could_be_computed_with(
    acme: Company, database_url: str
) -> None:
    sessions = begin(database_url, acme, 10)
    hold(database_url, acme, sessions[:7], "g4_future", 8, {"clarity": 8, "old": 7})
    hold(database_url, acme, sessions[7:], "g4_future", 6, {"clarity": 6, "new": 5})
    told = phase_of(await stats(acme, "criteria"), "g4_future")["criteria"]
    assert [(c["name"], c["goals"], c["avg_score"], c["too_few"]) for c in told] == [
        ("clarity", 10, 7.4, False),
        ("new", 3, None, True),
        ("old", 7, None, True),
    ]


async def test_the_funnel_tells_how_far_sessions_came(acme: Company, database_url: str) -> None:
    begin(database_url, acme, 2, phase="g2_basic")
    sessions = begin(database_url, acme, 6, phase="g8_actions")
    sessions += begin(database_url, acme, 2, at=noon(2), status="completed", phase="done", minutes=30)
    hold(database_url, acme, sessions[2:], "g4_future", 8)
    hold(database_url, acme, sessions[2:4], "g4_future", 5, final=False)
    hold(database_url, acme, sessions[5:], "g6_values", 8)
    hold(database_url, acme, sessions[6:], "g8_actions", 8)
    begin(database_url, acme, 5, at=noon(20))
    told = await stats(acme, "funnel", days=10)
    assert [(step["step"], step["phase"], step["sessions"], step["share"]) for step in told["steps"]] == [
        ("created", None, 10, 1.0),
        ("basic_information", "g2_basic", 8, 0.8),
        ("g4_future", "g4_future", 6, 0.6),
        ("g6_values", "g6_values", 3, 0.3),
        ("g8_actions", "g8_actions", 2, 0.2),
    ]


async def test_the_time_to_finish_is_told_from_five_finished_sessions_on(acme: Company, database_url: str) -> None:
    for minutes in (10, 20, 30, 40):
        begin(database_url, acme, 1, status="completed", phase="done", minutes=minutes)
    begin(database_url, acme, 9)
    times = (await stats(acme, "funnel"))["time_to_finish_minutes"]
    assert times == {"sessions": 4, "median": None, "p25": None, "p75": None, "too_few": True}
    begin(database_url, acme, 1, status="completed", phase="done", minutes=1000.06)
    times = (await stats(acme, "funnel"))["time_to_finish_minutes"]
    assert times == {"sessions": 5, "median": 30.0, "p25": 20.0, "p75": 40.0, "too_few": False}


async def test_fewer_than_five_sessions_show_no_steps(acme: Company, database_url: str) -> None:
    hold(database_url, acme, begin(database_url, acme, 4), "g4_future", 8)
    told = await stats(acme, "funnel")
    assert told["too_few"]
    assert [(step["sessions"], step["share"]) for step in told["steps"]] == [(4, 1.0), *[(None, None)] * 4]


async def test_what_real_sessions_write_is_what_is_counted(acme: Company) -> None:
    for _ in range(5):
        await acme.employee(**SARAH)
    assert (await stats(acme, "series", days=1))["days"][0]["active"] == 5
    steps = {step["step"]: step["sessions"] for step in (await stats(acme, "funnel", days=1))["steps"]}
    assert (steps["created"], steps["basic_information"], steps["g4_future"]) == (5, 5, 0)


async def test_the_overview_has_the_specifications_fields(acme: Company) -> None:
    assert set(await stats(acme, "overview")) == {
        "total_tenants", "active_tenants", "total_sessions", "active_sessions", "completed_sessions",
        "abandoned_sessions", "total_messages_today", "total_goals_created", "goals_by_type", "avg_completion_rate",
        "avg_session_duration_minutes", "avg_score", "timestamp",
    }  # fmt: skip


async def test_an_expired_session_counts_as_abandoned(acme: Company, database: Database) -> None:
    await acme.employee()
    await acme.employee()
    async with database.system() as tx:
        await tx.connection.execute(
            "update sessions set expires_at = now() - interval '1 hour' where id = (select max(id) from sessions)"
        )
    told = await stats(acme, "overview")
    assert (told["active_sessions"], told["abandoned_sessions"], told["total_sessions"]) == (1, 1, 2)
