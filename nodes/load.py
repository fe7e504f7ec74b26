"""Load: the turn starts from the rows, never from an old checkpoint, so a crash between the two heals itself.

The messages that weren't read yet become acts and facts here: which phase the turn is about follows from them.
"""

import time
from collections.abc import Collection, Sequence
from typing import Any, cast

from langchain_core.runnables import RunnableConfig
from langgraph.types import Overwrite

from nodes.coach import DOUBTS
from nodes.tools import Tools, tenant_of
from nodes.understanding.drafts.shown import Shown
from nodes.understanding.language import language_told
from nodes.understanding.reading import Reading, read_lines, texts_of
from nodes.understanding.telling import told
from state.conversation import NO_USAGE, ConversationState, Draft, Line
from state.frame import Fact
from state.identity import Ticket
from state.phases import GOAL_PHASES, Phase, Step
from state.records.rows import ConversationRow
from state.records.sessions.frames import SessionLine
from state.records.sessions.sessions import get_session, profile_of
from state.records.turns.turn_rows import SavedGoal, TurnRows, read_rows

ROWS = "rows"
"""Where a run's configuration holds what was read when its turn was accepted."""
DIALOGUE_LINES = 12
"""Lines of the phase a language model sees; older ones are in `said` all the same."""


async def load(state: ConversationState, config: RunnableConfig, tools: Tools) -> dict[str, Any]:
    """Everything this turn works on, as it was read when the turn was accepted; read anew where another server accepted it."""
    ticket = await tools.admit(state, config)
    rows = config["configurable"].get(ROWS)
    if rows is None:
        async with tools.database.tenant(tenant_of(ticket)) as tx:
            rows = await read_rows(tx, await get_session(tx, ticket["session_id"]))
    return {**_from_rows(rows, ticket, state), **_fresh(ticket)}


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
        "course": "transition",
        "next_prompt": "",
        "started_at": time.time(),
    }


def _from_rows(rows: TurnRows, ticket: Ticket, state: ConversationState) -> dict[str, Any]:
    session, standing, lines = rows.session, rows.standing, rows.lines
    goals = {goal.phase: goal.content for goal in rows.goals}
    reading = _read(standing, lines, rows.facts, goals)
    phase = _phase_in_hand(state, standing, reading, goals)
    here = phase == standing.phase
    draft = standing.draft if here else None
    others = [goal for goal in rows.goals if goal.phase != phase]
    spoken = [line.content for line in lines if line.role == "user"]
    return {
        "brief": rows.company.brief(
            phase,
            language_told(spoken, session.language),
            session.confirm_goals,
            admins_may_read=session.admins_may_read,
        ),
        "profile": profile_of(session),
        "current_phase": standing.phase,
        "entry": state.get("step") or "collect",
        "version": standing.version,
        "asked": standing.asked if here else [],
        "low_scores": standing.consecutive_low_scores if here else 0,
        "retry_count": standing.retry_count,
        "last_score": standing.last_score,
        "goals": {goal.phase: goal.content for goal in others},
        "goal_ids": {goal.phase: goal.id for goal in others},
        "draft": draft or _draft_of(rows.goal(phase)),
        "pausing": here and standing.step == Step.REFINE and standing.draft is not None,
        "question": standing.question if here else "",
        **_understood(state, ticket, lines, reading, phase),
    }


def _read(
    standing: ConversationRow, lines: Sequence[SessionLine], facts: Sequence[Fact], goals: dict[str, str]
) -> Reading:
    """The lines that weren't read yet, with what the coach asked last and the draft that the employee sees in mind."""
    doubted = any(asked in DOUBTS for asked in standing.asked[-1:])
    shown = _shown(standing)
    return read_lines(
        lines,
        facts,
        doubted=doubted,
        yes_or_no=shown is not None or doubted,
        shown=shown,
        waits=standing.step == Step.REFINE,
        saved=goals,
    )


def _shown(standing: ConversationRow) -> Shown | None:
    """The draft that the employee sees: it waits for their word, or got too few points."""
    seen = standing.step == Step.REFINE or standing.consecutive_low_scores > 0
    return Shown.of(standing.phase, standing.draft["text"]) if seen and standing.draft else None


def _phase_in_hand(
    state: ConversationState, standing: ConversationRow, reading: Reading, goals: Collection[str]
) -> Phase:
    """The phase that was asked for; an earlier one whose saved goal this message corrects."""
    asked = Phase(state.get("phase") or standing.phase)
    corrected = [phase for phase in GOAL_PHASES if phase in reading.mended and phase in goals]
    if state.get("step") != "refine" and corrected and asked not in reading.mended:
        return corrected[-1]
    return asked if asked in GOAL_PHASES else Phase.G4_FUTURE


def _understood(
    state: ConversationState, ticket: Ticket, lines: Sequence[SessionLine], reading: Reading, phase: Phase
) -> dict[str, Any]:
    """What was said, heard and learned, and the latest lines of the phase; nothing of what is withheld."""
    hidden = {line["id"] for line in reading.learned["lines"] if line["withheld"]}
    mine = [m for m in lines if m.phase == phase and not m.withheld and m.id not in hidden]
    private = [m for m in lines if m.withheld and m.role == "assistant"]
    spoken = next((m.content for m in lines if m.turn_id == ticket["turn_id"] and m.role == "user"), "")
    return {
        "said": _said(state, told(reading.facts, texts_of(lines), phase)),
        "spoken": spoken,
        "offered": len(private),
        "dialogue": [cast("Line", {"role": m.role, "content": m.content}) for m in mine[-DIALOGUE_LINES:]],
        "acts": [one.wire() for one in reading.heard],
        "facts": reading.facts,
        "learned": reading.learned,
        "unclear": reading.unclear,
        "revised": reading.revised,
    }


def _said(state: ConversationState, texts: tuple[str, ...]) -> list[str]:
    """An edited goal text stands for itself; otherwise everything that holds counts, once where it was said again."""
    if state.get("step") == "refine" and (state.get("message") or "").strip():
        return [state.get("message") or ""]
    return list(dict.fromkeys(texts))


def _draft_of(goal: SavedGoal | None) -> Draft | None:
    return Draft(text=goal.content, proposals=goal.proposals, sources=goal.sources, note="") if goal else None
