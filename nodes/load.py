"""Load: the turn starts from the rows, never from an old checkpoint, so a crash between the two heals itself."""

import time
from typing import Any, cast

from langchain_core.runnables import RunnableConfig
from langgraph.types import Overwrite

from nodes.tools import Tools, tenant_of
from state.conversation import NO_USAGE, ConversationState, Draft, Line
from state.identity import Ticket
from state.phases import GOAL_PHASES, Phase
from state.records.database import Transaction
from state.records.rows import LatestGoal, PhaseMessage
from state.records.sessions import get_conversation, get_session, profile_of
from state.records.tenants import company_of
from state.records.turns import final_goals

DIALOGUE_LINES = 12
"""Lines of the phase a language model sees; older ones are in `said` all the same."""


async def load(state: ConversationState, config: RunnableConfig, tools: Tools) -> dict[str, Any]:
    """Everything this turn works on, read in one transaction."""
    ticket = await tools.admit(state, config)
    async with tools.database.tenant(tenant_of(ticket)) as tx:
        return {**await _rows(tx, ticket, state), **_fresh(ticket)}


def _fresh(ticket: Ticket) -> dict[str, Any]:
    return {
        "turn": ticket,
        "events": Overwrite([]),
        "replies": Overwrite([]),
        "usage": Overwrite(NO_USAGE),
        "passages": [],
        "sources": [],
        "scorecard": None,
        "exam": None,
        "goal_id": None,
        "model": "",
        "ready": False,
        "next_prompt": "",
        "started_at": time.time(),
    }


async def _rows(tx: Transaction, ticket: Ticket, state: ConversationState) -> dict[str, Any]:
    session_id = ticket["session_id"]
    session = await get_session(tx, session_id)
    standing = await get_conversation(tx, session_id)
    phase = Phase(state.get("phase") or standing.phase)
    company = await company_of(tx)
    lines = await tx.all(PhaseMessage, "messages_of_phase", session_id=session_id, phase=phase.value)
    goals = {goal.phase: goal.content for goal in await final_goals(tx, session_id)}
    here = phase == standing.phase
    draft = standing.draft if here else None
    return {
        "brief": company.brief(
            phase if phase in GOAL_PHASES else Phase.G4_FUTURE, session.language, session.confirm_goals
        ),
        "profile": profile_of(session),
        "current_phase": standing.phase,
        "entry": state.get("step") or "collect",
        "version": standing.version,
        "said": _said(lines, state),
        "dialogue": [cast("Line", {"role": m.role, "content": m.content}) for m in lines[-DIALOGUE_LINES:]],
        "asked": standing.asked if here else [],
        "low_scores": standing.consecutive_low_scores if here else 0,
        "retry_count": standing.retry_count,
        "last_score": standing.last_score,
        "goals": {key: text for key, text in goals.items() if key != phase},
        "draft": draft or await _draft_of_goal(tx, session_id, phase),
    }


def _said(lines: list[PhaseMessage], state: ConversationState) -> list[str]:
    """An edited goal text stands for itself; otherwise everything said in the phase counts, once where it was sent again."""
    if state.get("step") == "refine" and (state.get("message") or "").strip():
        return [state.get("message") or ""]
    return list(dict.fromkeys(line.content for line in lines if line.role == "user"))


async def _draft_of_goal(tx: Transaction, session_id: str, phase: Phase) -> Draft | None:
    goal = await tx.first(LatestGoal, "latest_goal", session_id=session_id, phase=phase.value)
    if goal is None:
        return None
    return Draft(text=goal.content, proposals=goal.proposals, sources=goal.sources, note="")
