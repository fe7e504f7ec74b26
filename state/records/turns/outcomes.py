"""What a turn leaves behind, written in one transaction that checks its fencing number (DECISIONS: Turns)."""

import asyncio
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from ulid import ULID

from state.conversation import Draft, Event
from state.errors import PetrafError
from state.frame import NOTHING_LEARNED, Learned
from state.identity import Caller, Ticket
from state.phases import GOAL_PHASES, Phase
from state.records.audit import audit
from state.records.database import Transaction
from state.records.rows import FinalGoal, LatestGoal
from state.records.sessions.frames import save_learned
from state.records.sessions.messages import Message, insert_message
from state.records.sessions.sessions import complete_session, get_session
from state.scorecard import Scorecard

LinkType = Literal["contributes_to", "aligns_with"]


class TurnLost(PetrafError):
    """Another server took this turn over. Follow it there under the same turn id."""

    code = "TURN_TAKEN_OVER"
    recoverable = True


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the conversation stands after a turn."""

    phase: str
    step: str
    retry_count: int
    low_scores: int
    last_score: float | None
    asked: list[str]
    question: str
    """What the employee is asked now; empty where nothing is open."""
    draft: Draft | None
    version: int
    """Of the row the turn started from."""


@dataclass(frozen=True, slots=True)
class NewGoal:
    """A goal that met the threshold."""

    id: str
    phase: Phase
    draft: Draft
    scorecard: Scorecard
    exam: dict[str, Any] | None
    """What the judge saw, so that the score can be replayed."""

    @property
    def below_threshold(self) -> bool:
        """Whether the employee kept it although it scored too low."""
        return not self.scorecard["meets_threshold"]


@dataclass(frozen=True, slots=True)
class Link:
    """What ties the action plan to another goal."""

    parent_goal_id: str
    link_type: LinkType
    strength: int
    notes: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything one turn leaves behind."""

    status: Literal["done", "awaiting"]
    events: list[Event]
    message: Message
    standing: Standing | None
    """None when an earlier phase's goal was edited: the conversation stays where it is."""
    completion: int | None = None
    goal: NewGoal | None = None
    scored: Scorecard | None = None
    needs_help: bool = False
    phase: Phase | None = None
    learned: Learned = field(default_factory=lambda: NOTHING_LEARNED)


async def finish_turn(tx: Transaction, ticket: Ticket, outcome: Outcome) -> None:
    """Write all a turn leaves behind, or nothing: raises TurnLost when another server holds the turn by now."""
    session_id = ticket["session_id"]
    async with tx.together():
        session, before = await asyncio.gather(get_session(tx, session_id), _goal_before(tx, session_id, outcome.goal))
    caller = Caller(session.employee_code or "anonymous")
    written = [
        _close(tx, ticket, outcome.status, outcome.events),
        insert_message(tx, session_id, ticket["turn_id"], "assistant", outcome.message),
        save_learned(tx, session_id, ticket["turn_id"], outcome.learned),
    ]
    if outcome.goal:
        written.append(_save_goal(tx, ticket, outcome.goal, before))
    if outcome.scored and outcome.phase:
        written.append(_audit_score(tx, caller, session_id, outcome))
    if outcome.standing:
        written.append(_save_standing(tx, session_id, outcome.standing))
    if outcome.completion == 100:
        written.append(complete_session(tx, session, caller))
    elif outcome.completion is not None:
        written.append(_advance(tx, session_id, outcome.completion))
    async with tx.together():
        await asyncio.gather(*written)


async def _advance(tx: Transaction, session_id: str, completion: int) -> None:
    await tx.run("advance_session", id=session_id, percentage=completion)


async def _goal_before(tx: Transaction, session_id: str, goal: NewGoal | None) -> LatestGoal | None:
    if goal is None:
        return None
    return await tx.first(LatestGoal, "latest_goal", session_id=session_id, phase=goal.phase.value)


async def fail_turn(tx: Transaction, ticket: Ticket, events: list[Event]) -> None:
    """End a running turn with an error; what the employee said stays. Raises TurnLost when it isn't ours or ended before."""
    key = {"session_id": ticket["session_id"], "id": ticket["turn_id"], "fence": ticket["fence"]}
    if await tx.run("fail_turn", **key, events=list(events)) != 1:
        raise TurnLost


async def lock_running(tx: Transaction, session_id: str, turn_id: str) -> bool:
    """Keep a turn from ending by itself until the transaction is over; whether it still runs."""
    return bool(await tx.value("lock_running_turn", session_id=session_id, id=turn_id))


async def stop_turn(tx: Transaction, session_id: str, turn_id: str, events: list[Event]) -> None:
    """End a locked turn whoever runs it, which then finds its fencing number too old."""
    await tx.run("stop_turn", session_id=session_id, id=turn_id, events=list(events))


async def _close(tx: Transaction, ticket: Ticket, status: str, events: list[Event]) -> None:
    closed = await tx.run(
        "close_turn",
        session_id=ticket["session_id"],
        id=ticket["turn_id"],
        fence=ticket["fence"],
        status=status,
        events=list(events),
    )
    if closed != 1:
        raise TurnLost


async def _save_standing(tx: Transaction, session_id: str, standing: Standing) -> None:
    saved = await tx.run("save_conversation", session_id=session_id, **asdict(standing))
    if saved != 1:
        raise TurnLost


async def _save_goal(tx: Transaction, ticket: Ticket, goal: NewGoal, before: LatestGoal | None) -> None:
    if before:
        await tx.run("unfinal_goal", id=before.id)
    await tx.run(
        "insert_goal",
        id=goal.id,
        session_id=ticket["session_id"],
        turn_id=ticket["turn_id"],
        type=GOAL_PHASES[goal.phase].goal_type,
        phase=goal.phase.value,
        content=goal.draft["text"],
        score=goal.scorecard["score"],
        version=before.version + 1 if before else 1,
        supersedes=before.id if before else None,
        score_details=dict(goal.scorecard),
        exam=goal.exam,
        below_threshold=goal.below_threshold,
        proposals=list(goal.draft["proposals"]),
        sources=list(goal.draft["sources"]),
    )


async def replace_links(tx: Transaction, session_id: str, actions_goal: str, links: list[Link]) -> None:
    """Make `links` the only links of the session, all from its action plan."""
    await tx.run("delete_links_of", session_id=session_id)
    for link in links:
        await tx.run("insert_link", id=str(ULID()), goal_id=actions_goal, **asdict(link))


async def final_goals(tx: Transaction, session_id: str) -> list[FinalGoal]:
    """The goals that count, oldest first."""
    return await tx.all(FinalGoal, "final_goals", session_id=session_id)


async def _audit_score(tx: Transaction, caller: Caller, session_id: str, outcome: Outcome) -> None:
    card, phase = outcome.scored, outcome.phase
    if card is None or phase is None:
        return
    payload: dict[str, Any] = {
        "score": card["score"],
        "meets_threshold": card["meets_threshold"],
        "kept": bool(outcome.goal and outcome.goal.below_threshold),
        "phase": phase.value,
        "type": GOAL_PHASES[phase].goal_type,
    }
    goal_id = outcome.goal.id if outcome.goal else None
    await audit(tx, caller, "goal.scored", ("goal", goal_id), session_id=session_id, payload=payload)
    if outcome.needs_help:
        await audit(tx, caller, "goal.needs_help", ("session", session_id), session_id=session_id, payload=payload)
