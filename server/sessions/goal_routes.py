"""Goals: what an employee holds, and what a text would score."""

import asyncio
from datetime import UTC, datetime

from fastapi import APIRouter, Depends, Query

from nodes.coach import Exam
from nodes.rules.judge import judge
from server.http.held import ServerDatabase
from server.http.rate_limit import at_most
from server.identity.proofs import PathEmployee, Tenant
from server.sessions.shapes import Goal, GoalOwner, Goals, GoalsSummary, PreviewScore
from state.clock import now, wire_time
from state.company import TenantConfig
from state.identity import proven_tenant
from state.phases import GOAL_PHASES, Phase
from state.records.companies.tenants import company_of
from state.records.rows import GoalRow, SessionRow
from state.records.sessions.sessions import average, minutes_between
from state.scorecard import Scorecard, score_goal

router = APIRouter(prefix="/api/goals", tags=["employees: goals"])

PREVIEWS_A_SECOND = 20
"""Of one address, all at once or spread: somebody who types fast needs ten."""


@router.get("/session/{session_id}")
async def goals_of_session(
    database: ServerDatabase, employee: PathEmployee, final_only: bool = Query(default=False)
) -> Goals:
    """The goals with their links, oldest first, and a summary."""
    session = employee.session
    async with database.tenant(employee.tenant) as tx:
        goals = await tx.all(GoalRow, "goals_of_session", session_id=session.id, final_only=final_only)
        messages = await tx.value("messages_count", session_id=session.id, withheld=True)
    final = [goal for goal in goals if goal.is_final]
    return Goals(
        session_id=session.id,
        employee=GoalOwner(
            code=session.employee_code,
            department=session.department,
            position=session.position,
            grade=session.grade,
            name=session.name,
        ),
        goals=[_goal(goal) for goal in goals],
        total=len(goals),
        completed=len({goal.phase for goal in final}),
        summary=_summary(session, final, messages),
        timestamp=wire_time(now()),
    )


def _summary(session: SessionRow, final: list[GoalRow], messages: int) -> GoalsSummary:
    phases = {goal.phase: goal.phase for goal in final}
    return GoalsSummary(
        avg_score=average([goal.score for goal in final if not goal.below_threshold]),
        duration_minutes=minutes_between(session.created_at, session.completed_at or now()),
        message_count=messages,
        phases_completed=[phases[phase.value] for phase in GOAL_PHASES if phase.value in phases],
    )


@router.post("/preview-score", dependencies=[Depends(at_most(PREVIEWS_A_SECOND))])
async def preview_score(database: ServerDatabase, tenant: Tenant, body: PreviewScore) -> Scorecard:
    """What the rule coach would score a text by this company's rubric, 20 times a second at most; nothing is recorded.

    No company document is consulted: text that is still being typed is neither embedded nor sent to an embedding service. Judging
    the longest text takes tens of milliseconds, so it is done beside the event loop.
    """
    async with database.tenant(proven_tenant(tenant.id)) as tx:
        company = await company_of(tx)
    return await asyncio.to_thread(preview, company.config, body.phase, body.content)


def preview(config: TenantConfig, phase: Phase, text: str) -> Scorecard:
    """The scorecard of a text by the rule coach, without documents."""
    rubric = config.rubric(phase)
    exam = Exam(
        phase=phase,
        text=text,
        proposals=(),
        rubric=rubric,
        passages=(),
        rag_enabled=False,
        today=datetime.now(UTC).date(),
        threshold=config.threshold,
    )
    return score_goal(judge(exam), rubric, config.threshold)


def _goal(goal: GoalRow) -> Goal:
    return Goal(
        id=goal.id,
        type=goal.type,
        phase=goal.phase,
        content=goal.content,
        score=goal.score,
        is_final=goal.is_final,
        below_threshold=goal.below_threshold,
        version=goal.version,
        supersedes=goal.supersedes,
        score_details=goal.score_details,
        proposals=goal.proposals,
        sources=goal.sources,
        created_at=wire_time(goal.created_at),
        links=goal.links,
    )
