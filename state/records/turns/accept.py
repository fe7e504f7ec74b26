"""Turns on their way in: what a client asks for becomes a turn with its lease and message, or is refused (DECISIONS: Turns)."""

import asyncio
import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import Literal

from ulid import ULID

from state.conversation import TurnInput
from state.errors import PetrafError
from state.identity import Ticket
from state.phases import GOAL_PHASES, Phase, Step
from state.records.database import Transaction
from state.records.rows import SessionRow
from state.records.sessions.frames import SessionLine
from state.records.sessions.sessions import SessionNotFound
from state.records.turns.turn_rows import TurnRows, read_rows

LEASE_SECONDS = 10.0
"""A dead server's turn is free after this; renewed three times as often, swept every two seconds."""
MOST_SAID = 40_000
"""Letters of a phase that a turn may have to read: four messages of the greatest length, at worst 1.4 s of a processor."""
HELP_AFTER = 3
"""Low scores in a row from which an example is offered (DECISIONS 9)."""


class TurnInProgress(PetrafError):
    """Another turn of this session is still running. Wait for its end, or follow it under its turn id {turn_id}."""

    code = "TURN_IN_PROGRESS"
    recoverable = True


class TurnIdReused(PetrafError):
    """This turn_id was used before with other content. Send a new turn_id with a new message."""

    code = "TURN_ID_REUSED"


class TurnNotFound(PetrafError):
    """There is no such turn in this session. Check the turn id."""

    code = "TURN_NOT_FOUND"


class PhaseMismatch(PetrafError):
    """The session stands at {phase}/{step}. Send the message there."""

    code = "PHASE_MISMATCH"
    recoverable = True


class SessionCompleted(PetrafError):
    """All goals of this session are set. Edit one with step "refine", or start a new session."""

    code = "SESSION_COMPLETED"


class TooMuchSaid(PetrafError):
    """{letters} letters stand in this phase, and {most} are the most that the coach reads. Edit the goal, or refine one text."""

    code = "TOO_MUCH_SAID"


class NothingToConfirm(PetrafError):
    """No refined goal is waiting for a confirmation. Read the session's state and go on from there."""

    code = "NOTHING_TO_CONFIRM"
    recoverable = True


class NothingToKeep(PetrafError):
    """There is no draft in this phase that could be kept as it is. Say what you want first, so that one is written."""

    code = "NOTHING_TO_KEEP"
    recoverable = True


class NothingToRefine(PetrafError):
    """Nothing was said in this phase yet, so there is nothing to refine. Send a message first."""

    code = "NOTHING_TO_REFINE"
    recoverable = True


class UnknownProposal(PetrafError):
    """The goal of this phase has no proposal {proposal}. Read the goal again and strike one of its proposals."""

    code = "UNKNOWN_PROPOSAL"
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
    rows: TurnRows
    """What the turn works on, its own message included."""
    fresh: bool


async def accept_turn(tx: Transaction, session: SessionRow, request: TurnRequest, owner: str) -> Accepted:
    """Write the turn, its lease and the employee's message, or find the turn that the same id already is.

    Raises the errors of this module when the turn may not run.
    """
    turn_id = request.turn_id or str(ULID())
    async with tx.together():  # two statements: what the second sees is no older than the lock
        locked, rows = await asyncio.gather(
            tx.run("lock_conversation", session_id=session.id), read_rows(tx, session, turn_id)
        )
    if not locked:
        raise SessionNotFound
    if rows.known is None:
        _check(rows, request)
        line = SessionLine(
            str(ULID()), "user", request.message, turn_id, request.phase.value, request.step, read=False, withheld=False
        )
        if await _write(tx, session.id, request, owner, line):
            return Accepted(_ticket(session, turn_id, 1, 1), _with(rows, line), fresh=True)
        rows = await read_rows(tx, session, turn_id)
    if rows.known is None:
        raise TurnInProgress(turn_id=rows.running)
    if rows.known.input_hash != request.digest():
        raise TurnIdReused
    return Accepted(_ticket(session, turn_id, rows.known.fence, rows.known.attempt), rows, fresh=False)


def _with(rows: TurnRows, line: SessionLine) -> TurnRows:
    return replace(rows, lines=[*rows.lines, line]) if line.content.strip() else rows


def _ticket(session: SessionRow, turn_id: str, fence: int, attempt: int) -> Ticket:
    return Ticket(
        tenant_id=str(session.tenant_id), session_id=session.id, turn_id=turn_id, fence=fence, attempt=attempt
    )


async def _write(tx: Transaction, session_id: str, request: TurnRequest, owner: str, line: SessionLine) -> bool:
    return bool(
        await tx.value(
            "accept_turn",
            session_id=session_id,
            id=line.turn_id,
            input=dict(request.given()),
            input_hash=request.digest(),
            phase=line.phase,
            step=request.entry,
            owner=owner,
            lease=LEASE_SECONDS,
            message_id=line.id,
            message=line.content,
            said_at=line.step,
            speaks=bool(line.content.strip()),
        )
    )


def _check(rows: TurnRows, request: TurnRequest) -> None:
    if rows.running:
        raise TurnInProgress(turn_id=rows.running)
    mine = (m for m in rows.lines if m.role == "user" and m.phase == request.phase.value and not m.withheld)
    own = {line.content for line in mine}
    if request.step == "collect":
        _check_collect(rows, request)
    else:
        _check_refine(rows, request, own)
    _check_extent(request, own)


def _check_extent(request: TurnRequest, own: set[str]) -> None:
    """An edited goal is read alone; any other turn reads all that was said in its phase."""
    alone = request.step == "refine" and request.message.strip()
    letters = sum(map(len, own | {request.message}))
    if not alone and letters > MOST_SAID:
        raise TooMuchSaid(letters=f"{letters:,}", most=f"{MOST_SAID:,}")


def _check_collect(rows: TurnRows, request: TurnRequest) -> None:
    at = rows.standing
    if rows.session.status == "completed" or at.phase == Phase.DONE:
        if request.goes_on:
            return
        raise SessionCompleted
    if request.phase != at.phase:
        raise PhaseMismatch(phase=at.phase, step=at.step)


def _check_refine(rows: TurnRows, request: TurnRequest, own: set[str]) -> None:
    at, goal = rows.standing, rows.goal(request.phase.value)
    here = request.phase == at.phase and at.phase in GOAL_PHASES
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
