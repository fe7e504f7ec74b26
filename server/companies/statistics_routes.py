"""Statistics for the console's plots: what the database sums up, without what would tell of single people.

Groups under five are not broken down: their total stays, their parts are null and `too_few` is true. So that nobody can
compute a hidden part by subtracting what is shown from a total (the overview's, above all), one hidden group takes the next
larger one with it, until at least two groups of five people in all are hidden (`too_few`). In each plot:

- series: a group is the sessions that began on one day, its parts are what became of them;
- criteria: a group is the final goals of one phase, its parts are their average, how the scores spread, and the criteria. Within
  a phase a group is the goals judged by one criterion, its part is their average;
- funnel: a group is all sessions of the window, its parts are the steps; another is the finished ones, with their times.

Comparing one window with another, or one company with all, is not guarded: the audit names each score to the same admins.
"""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from server.companies.shapes import (
    Criteria,
    CriterionAverage,
    Day,
    Funnel,
    FunnelStep,
    Overview,
    PhaseScores,
    Series,
    TimeToFinish,
)
from server.http.held import ServerDatabase
from server.identity.proofs import Reach, reaching
from state.clock import now, wire_time
from state.phases import GOAL_PHASES, Phase
from state.records.companies import statistics
from state.records.companies.statistics import FEWEST, CriterionRow, DayRow, ScoreBin, Window, too_few

router = APIRouter(prefix="/api/admin/stats", tags=["admins: statistics"])

Days = Annotated[int, Query(ge=1, le=366, description="How many days of UTC, today included.")]
BINS = range(10)


@router.get("/overview")
async def overview(database: ServerDatabase, reach: Reach) -> Overview:
    """Counts and averages over what this key sees, or over the company that `tenant_id` names."""
    async with reaching(database, reach) as tx:
        row = await statistics.overview(tx)
    return Overview(
        total_tenants=row.total_tenants,
        active_tenants=row.active_tenants,
        total_sessions=row.total_sessions,
        active_sessions=row.active_sessions,
        completed_sessions=row.completed_sessions,
        abandoned_sessions=row.abandoned_sessions,
        total_messages_today=row.total_messages_today,
        total_goals_created=row.total_goals_created,
        goals_by_type=row.goals_by_type,
        avg_completion_rate=row.avg_completion_rate,
        avg_session_duration_minutes=row.avg_session_duration_minutes,
        avg_score=row.avg_score,
        timestamp=wire_time(now()),
    )


@router.get("/series")
async def series(database: ServerDatabase, reach: Reach, days: Days = 30) -> Series:
    """Sessions by the day they began (UTC) and what became of them until now; every day is listed, the oldest first.

    A day with fewer than five sessions shows only how many; so may another day beside it.
    """
    window = Window.of_days(days)
    async with reaching(database, reach) as tx:
        rows = await statistics.series(tx, window)
    hidden = too_few([row.total for row in rows])
    listed = [_day(row, few) for row, few in zip(rows, hidden, strict=True)]
    return {"from": _wire(window.first), "to": _wire(window.last), "days": listed}


@router.get("/criteria")
async def criteria(database: ServerDatabase, reach: Reach, days: Days = 30) -> Criteria:
    """The final goals of the last days: scores by phase and criterion. Fewer than five goals of a phase show only how many."""
    window = Window.of_days(days)
    async with reaching(database, reach) as tx:
        bins = await statistics.scores(tx, window)
        judged = await statistics.criteria(tx, window)
    counts = [sum(b.goals for b in bins if b.phase == phase) for phase in GOAL_PHASES]
    phases = [
        _phase(phase, [b for b in bins if b.phase == phase], [row for row in judged if row.phase == phase], few)
        for phase, few in zip(GOAL_PHASES, too_few(counts), strict=True)
    ]
    return {"from": _wire(window.first), "to": _wire(window.last), "phases": phases}


@router.get("/funnel")
async def funnel(database: ServerDatabase, reach: Reach, days: Days = 30) -> Funnel:
    """How far the sessions came that began in the last days, and how long those took that were finished.

    With fewer than five sessions only their number is shown, and with fewer than five finished ones no times.
    """
    window = Window.of_days(days)
    async with reaching(database, reach) as tx:
        row = await statistics.funnel(tx, window)
    few, few_finished = 0 < row.created < FEWEST, 0 < row.finished < FEWEST
    reached = (
        ("created", None, row.created),
        ("basic_information", Phase.G2_BASIC, row.basic_information),
        *((phase.value, phase, getattr(row, phase.value)) for phase in GOAL_PHASES),
    )
    p25, median, p75 = (None, None, None) if few_finished or not row.quartiles else row.quartiles
    times = TimeToFinish(
        sessions=row.finished, median=_tenths(median), p25=_tenths(p25), p75=_tenths(p75), too_few=few_finished
    )
    return {
        "from": _wire(window.first),
        "to": _wire(window.last),
        "steps": [_step(step, phase, sessions, row.created, few) for step, phase, sessions in reached],
        "too_few": few,
        "time_to_finish_minutes": times,
    }


def _wire(day: date) -> str:
    return day.isoformat()


def _day(row: DayRow, few: bool) -> Day:
    parts = (None, None, None) if few else (row.active, row.completed, row.abandoned)
    active, completed, abandoned = parts
    return Day(
        date=_wire(row.day),
        total=row.total,
        active=active,
        completed=completed,
        abandoned=abandoned,
        too_few=few,
    )


def _phase(phase: Phase, bins: list[ScoreBin], judged: list[CriterionRow], few: bool) -> PhaseScores:
    goals = sum(b.goals for b in bins)
    if few:
        return PhaseScores(phase=phase.value, goals=goals, avg_score=None, scores=None, criteria=None, too_few=True)
    held = {b.bin: b.goals for b in bins}
    hidden = too_few([row.goals for row in judged])
    return PhaseScores(
        phase=phase.value,
        goals=goals,
        avg_score=round(sum(b.points for b in bins) / goals, 2) if goals else None,
        scores=[{"from": n, "to": n + 1, "goals": held.get(n, 0)} for n in BINS],
        criteria=[
            CriterionAverage(
                name=row.name, goals=row.goals, avg_score=None if one_few else row.avg_score, too_few=one_few
            )
            for row, one_few in zip(judged, hidden, strict=True)
        ],
        too_few=False,
    )


def _step(step: str, phase: Phase | None, sessions: int, created: int, few: bool) -> FunnelStep:
    told = phase.value if phase else None
    if few and step != "created":
        return FunnelStep(step=step, phase=told, sessions=None, share=None)
    return FunnelStep(step=step, phase=told, sessions=sessions, share=round(sessions / created, 3) if created else None)


def _tenths(minutes: float | None) -> float | None:
    return None if minutes is None else round(minutes, 1)
