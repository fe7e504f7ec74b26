"""What a turn leaves behind, written in one transaction that checks its fencing number (DECISIONS: Turns)."""

import asyncio
from collections.abc import Coroutine, Iterator
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
from state.records.sessions.frames import withhold
from state.records.sessions.messages import Message
from state.records.sessions.sessions import complete_session, get_session
from state.scorecard import Scorecard

LinkType = Literal["contributes_to", "aligns_with"]
FULL = 100
"""Percentage of a session that has all its goals."""


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


NOWHERE = Standing("", "", 0, 0, None, [], "", None, 0)
"""Values of the columns that aren't written where the conversation stays where it is."""


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
class Links:
    """All links of a session, from its action plan."""

    goal_id: str
    links: list[Link]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything one turn leaves behind."""

    status: Literal["done", "awaiting"]
    events: list[Event]
    message: Message
    actor: str
    """Whom the audit names."""
    standing: Standing | None
    """None when an earlier phase's goal was edited: the conversation stays where it is."""
    completion: int | None = None
    goal: NewGoal | None = None
    scored: Scorecard | None = None
    needs_help: bool = False
    phase: Phase | None = None
    links: Links | None = None
    learned: Learned = field(default_factory=lambda: NOTHING_LEARNED)


async def finish_turn(tx: Transaction, ticket: Ticket, outcome: Outcome, *others: Coroutine[Any, Any, Any]) -> None:
    """Write all a turn leaves behind, and in the same round trip what else belongs to it, or nothing.

    Raises TurnLost when another server holds the turn by now.
    """
    session_id = ticket["session_id"]
    async with tx.together():
        await asyncio.gather(_close(tx, ticket, outcome), *_of_goal(tx, ticket, outcome), *others)
    await withhold(tx, session_id, ticket["turn_id"], outcome.learned)
    if outcome.completion == FULL:
        await complete_session(tx, await get_session(tx, session_id), Caller(outcome.actor))


def _of_goal(tx: Transaction, ticket: Ticket, outcome: Outcome) -> Iterator[Coroutine[Any, Any, Any]]:
    session_id = ticket["session_id"]
    if outcome.goal:
        yield _save_goal(tx, ticket, outcome.goal)
    if outcome.links:
        yield _replace_links(tx, session_id, outcome.links)
    if outcome.scored and outcome.phase:
        yield _audit_score(tx, Caller(outcome.actor), session_id, outcome)


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


@dataclass(frozen=True, slots=True)
class _Written:
    closed: int
    stands: int


async def _close(tx: Transaction, ticket: Ticket, outcome: Outcome) -> None:
    said, standing = outcome.message, outcome.standing
    written = await tx.first(
        _Written,
        "finish_turn",
        session_id=ticket["session_id"],
        turn_id=ticket["turn_id"],
        fence=ticket["fence"],
        status=outcome.status,
        events=list(outcome.events),
        message_id=str(ULID()),
        content=said.content,
        spoken_phase=said.phase,
        spoken_step=said.step,
        tokens_prompt=said.usage["input"],
        tokens_completion=said.usage["output"],
        latency_ms=said.latency_ms,
        model_used=said.model,
        sources=list(said.sources),
        facts=list(outcome.learned["facts"]),
        lines=list(outcome.learned["lines"]),
        percentage=outcome.completion if outcome.completion != FULL else None,
        moves=standing is not None,
        **asdict(standing or NOWHERE),
    )
    if written is None or not written.closed or (standing and not written.stands):
        raise TurnLost


async def _save_goal(tx: Transaction, ticket: Ticket, goal: NewGoal) -> None:
    await tx.run(
        "save_goal",
        id=goal.id,
        session_id=ticket["session_id"],
        turn_id=ticket["turn_id"],
        type=GOAL_PHASES[goal.phase].goal_type,
        phase=goal.phase.value,
        content=goal.draft["text"],
        score=goal.scorecard["score"],
        score_details=dict(goal.scorecard),
        exam=goal.exam,
        below_threshold=goal.below_threshold,
        proposals=list(goal.draft["proposals"]),
        sources=list(goal.draft["sources"]),
    )


async def _replace_links(tx: Transaction, session_id: str, links: Links) -> None:
    made = [{"id": str(ULID()), **asdict(link)} for link in links.links]
    await tx.run("delete_links_of", session_id=session_id)
    await tx.run("insert_links", goal_id=links.goal_id, links=made)


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
