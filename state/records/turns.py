"""Turns: accepted in one transaction, finished in one, run by whoever holds the newest fencing number (DECISIONS: Turns)."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from ulid import ULID

from state.conversation import Draft, Event, Source, TurnInput, Usage
from state.errors import PetrafError
from state.frame import NOTHING_LEARNED, Learned
from state.identity import Caller, Ticket
from state.phases import GOAL_PHASES, Phase, Step
from state.records.audit import audit
from state.records.database import Transaction
from state.records.frames import save_learned
from state.records.rows import ConversationRow, FinalGoal, LatestGoal, PhaseMessage, SessionRow, TurnRow
from state.records.sessions import complete_session, get_conversation, get_session
from state.scorecard import Scorecard

LinkType = Literal["contributes_to", "aligns_with"]

LEASE_SECONDS = 10.0
"""A dead server's turn is free after this; renewed three times as often, swept every two seconds."""
MOST_SAID = 40_000
"""Letters of a phase that a turn may have to read: four messages of the greatest length, at worst 1.4 s of a processor."""
HELP_AFTER = 3
"""Low scores in a row from which an example is offered (DECISIONS 9)."""


class TurnInProgress(PetrafError):
    """Another turn of this session is still running. Wait for its end, or follow it under its turn id {turn_id}."""

    code = "TURN_IN_PROGRESS"
    status = 409
    recoverable = True


class TurnIdReused(PetrafError):
    """This turn_id was used before with other content. Send a new turn_id with a new message."""

    code = "TURN_ID_REUSED"
    status = 409


class TurnNotFound(PetrafError):
    """There is no such turn in this session. Check the turn id."""

    code = "TURN_NOT_FOUND"
    status = 404


class PhaseMismatch(PetrafError):
    """The session stands at {phase}/{step}. Send the message there."""

    code = "PHASE_MISMATCH"
    status = 409
    recoverable = True


class SessionCompleted(PetrafError):
    """All goals of this session are set. Edit one with step "refine", or start a new session."""

    code = "SESSION_COMPLETED"
    status = 409


class TooMuchSaid(PetrafError):
    """{letters} letters stand in this phase, and {most} are the most that the coach reads. Edit the goal, or refine one text."""

    code = "TOO_MUCH_SAID"
    status = 409


class NothingToConfirm(PetrafError):
    """No refined goal is waiting for a confirmation. Read the session's state and go on from there."""

    code = "NOTHING_TO_CONFIRM"
    status = 409
    recoverable = True


class NothingToKeep(PetrafError):
    """There is no draft in this phase that could be kept as it is. Say what you want first, so that one is written."""

    code = "NOTHING_TO_KEEP"
    status = 409
    recoverable = True


class NothingToRefine(PetrafError):
    """Nothing was said in this phase yet, so there is nothing to refine. Send a message first."""

    code = "NOTHING_TO_REFINE"
    status = 409
    recoverable = True


class UnknownProposal(PetrafError):
    """The goal of this phase has no proposal {proposal}. Read the goal again and strike one of its proposals."""

    code = "UNKNOWN_PROPOSAL"
    status = 422
    recoverable = True


class TurnLost(PetrafError):
    """Another server took this turn over. Follow it there under the same turn id."""

    code = "TURN_TAKEN_OVER"
    status = 503
    recoverable = True


@dataclass(frozen=True, slots=True)
class TurnRequest:
    """What a client asks for; the session and the tenant come from the credential."""

    phase: Phase
    step: Literal["collect", "refine"]
    message: str
    turn_id: str | None = None
    strike: tuple[str, ...] = ()
    confirm: bool = False
    keep: bool = False
    goes_on: bool = False
    """Whether the message does something that is welcome after all goals are set: a correction, a question."""

    def digest(self) -> str:
        """Tells whether the same turn_id brings the same content."""
        body = {key: value for key, value in asdict(self).items() if key not in ("turn_id", "goes_on")}
        return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()

    @property
    def entry(self) -> Literal["collect", "refine", "score"]:
        """The step the turn begins with: a plain confirmation goes straight to the judge."""
        as_it_is = (self.confirm or self.keep) and not self.message and not self.strike
        return "score" if as_it_is else self.step

    def given(self) -> TurnInput:
        """The turn as the graph takes it, and as its row keeps it for a server that takes it over."""
        return TurnInput(
            message=self.message,
            phase=self.phase.value,
            step=self.entry,
            strike=list(self.strike),
            confirm=self.confirm,
            keep=self.keep,
        )


@dataclass(frozen=True, slots=True)
class Accepted:
    """A turn's right to run, or (`fresh` False) the turn that the same id ran before."""

    ticket: Ticket
    fresh: bool


async def accept_turn(tx: Transaction, session_id: str, request: TurnRequest, owner: str) -> Accepted:
    """Write the turn, its lease and the employee's message, or find the turn that the same id already is.

    Raises the errors of this module when the turn may not run.
    """
    session = await get_session(tx, session_id)
    await tx.run("lock_conversation", session_id=session_id)
    turn_id = request.turn_id or str(ULID())
    known = await tx.first(TurnRow, "turn", session_id=session_id, id=turn_id)
    if known is None:
        await _check(tx, session, request)
        await tx.run("end_waiting_turns", session_id=session_id)
        if await _insert(tx, session_id, turn_id, request, owner):
            return Accepted(_ticket(session, turn_id, 1, 1), fresh=True)
        known = await tx.first(TurnRow, "turn", session_id=session_id, id=turn_id)
    if known is None:
        raise TurnInProgress(turn_id=await tx.value("running_turn", session_id=session_id))
    if known.input_hash != request.digest():
        raise TurnIdReused
    return Accepted(_ticket(session, turn_id, known.fence, known.attempt), fresh=False)


def _ticket(session: SessionRow, turn_id: str, fence: int, attempt: int) -> Ticket:
    return Ticket(
        tenant_id=str(session.tenant_id), session_id=session.id, turn_id=turn_id, fence=fence, attempt=attempt
    )


async def _insert(tx: Transaction, session_id: str, turn_id: str, request: TurnRequest, owner: str) -> bool:
    written = await tx.run(
        "insert_turn",
        session_id=session_id,
        id=turn_id,
        input=dict(request.given()),
        input_hash=request.digest(),
        phase=request.phase.value,
        step=request.entry,
        owner=owner,
        lease=LEASE_SECONDS,
    )
    if written and request.message.strip():
        line = Message(request.message, request.phase.value, request.step)
        await _insert_message(tx, session_id, turn_id, "user", line)
    return bool(written)


async def _check(tx: Transaction, session: SessionRow, request: TurnRequest) -> None:
    at = await get_conversation(tx, session.id)
    running = await tx.value("running_turn", session_id=session.id)
    if running:
        raise TurnInProgress(turn_id=running)
    said = await tx.all(PhaseMessage, "messages_of_phase", session_id=session.id, phase=request.phase.value)
    own = {line.content for line in said if line.role == "user"}
    if request.step == "collect":
        _check_collect(session, at, request)
    else:
        await _check_refine(tx, session, at, request, own)
    _check_extent(request, own)


def _check_extent(request: TurnRequest, own: set[str]) -> None:
    """An edited goal is read alone; any other turn reads all that was said in its phase."""
    alone = request.step == "refine" and request.message.strip()
    letters = sum(map(len, own | {request.message}))
    if not alone and letters > MOST_SAID:
        raise TooMuchSaid(letters=f"{letters:,}", most=f"{MOST_SAID:,}")


def _check_collect(session: SessionRow, at: ConversationRow, request: TurnRequest) -> None:
    if session.status == "completed" or at.phase == Phase.DONE:
        if request.goes_on:
            return
        raise SessionCompleted
    if request.phase != at.phase:
        raise PhaseMismatch(phase=at.phase, step=at.step)


async def _check_refine(
    tx: Transaction, session: SessionRow, at: ConversationRow, request: TurnRequest, own: set[str]
) -> None:
    here = request.phase == at.phase and at.phase in GOAL_PHASES
    goal = await tx.first(LatestGoal, "latest_goal", session_id=session.id, phase=request.phase.value)
    if not here and goal is None:
        raise PhaseMismatch(phase=at.phase, step=at.step)
    if request.confirm and not (here and at.step == Step.REFINE and at.draft):
        raise NothingToConfirm
    if request.keep and not (here and at.draft):
        raise NothingToKeep
    draft = at.draft if here and at.draft else None
    known = {p["id"] for p in (draft["proposals"] if draft else goal.proposals if goal else [])}
    for proposal in request.strike:
        if proposal not in known:
            raise UnknownProposal(proposal=proposal)
    if not request.message.strip() and not own:
        raise NothingToRefine


@dataclass(frozen=True, slots=True)
class Message:
    """A coach's or an employee's line before it is a row."""

    content: str
    phase: str
    step: str
    usage: Usage | None = None
    latency_ms: int = 0
    model: str | None = None
    sources: tuple[Source, ...] = ()


async def _insert_message(tx: Transaction, session_id: str, turn_id: str, role: str, line: Message) -> None:
    await tx.run(
        "insert_message",
        id=str(ULID()),
        session_id=session_id,
        turn_id=turn_id,
        role=role,
        content=line.content,
        phase=line.phase,
        step=line.step,
        tokens_prompt=line.usage["input"] if line.usage else 0,
        tokens_completion=line.usage["output"] if line.usage else 0,
        latency_ms=line.latency_ms,
        model_used=line.model,
        sources=list(line.sources),
    )


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
    await _close(tx, ticket, outcome.status, outcome.events)
    await _insert_message(tx, session_id, ticket["turn_id"], "assistant", outcome.message)
    await save_learned(tx, session_id, ticket["turn_id"], outcome.learned)
    session = await get_session(tx, session_id)
    caller = Caller(session.employee_code or "anonymous")
    if outcome.goal:
        await _save_goal(tx, ticket, outcome.goal)
    if outcome.scored and outcome.phase:
        await _audit_score(tx, caller, session_id, outcome)
    if outcome.standing:
        await _save_standing(tx, session_id, outcome.standing)
    if outcome.completion == 100:
        await complete_session(tx, session, caller)
    elif outcome.completion is not None:
        await tx.run("advance_session", id=session_id, percentage=outcome.completion)


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


async def _save_goal(tx: Transaction, ticket: Ticket, goal: NewGoal) -> None:
    session_id = ticket["session_id"]
    before = await tx.first(LatestGoal, "latest_goal", session_id=session_id, phase=goal.phase.value)
    if before:
        await tx.run("unfinal_goal", id=before.id)
    await tx.run(
        "insert_goal",
        id=goal.id,
        session_id=session_id,
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
