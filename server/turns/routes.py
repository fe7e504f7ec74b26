"""The chat: one turn is one stream.

Events, in order (DECISIONS: Streams): start, message…, complete for each step that speaks; score; confirm when pausing;
transition; end, always last on success; error, always last on failure. Errors before the stream are plain HTTP.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Security

from server.http.errors import NotFound
from server.http.held import held
from server.http.shapes import Success, done
from server.http.sse import EventStream
from server.identity.proofs import SESSION_TOKEN, PathEmployee, ServerIdentity, Tenant, prove_session
from server.turns.events import TurnEvent
from server.turns.log import Position
from server.turns.runner import TurnRunner
from server.turns.shapes import ChatTurn
from state.phases import GOAL_PHASES, Phase

router = APIRouter(tags=["employees: turns"])

ServerRunner = Annotated[TurnRunner, Depends(held(TurnRunner))]


@router.post(
    "/api/chat/{phase}/stream",
    dependencies=[Security(SESSION_TOKEN)],
    status_code=200,
    response_class=EventStream,
    responses={200: {"model": TurnEvent}},
)
async def chat(
    request: Request, identity: ServerIdentity, runner: ServerRunner, tenant: Tenant, phase: str, body: ChatTurn
) -> EventStream:
    """Accept a turn and stream it; the turn goes on when the client leaves."""
    if phase not in GOAL_PHASES:
        raise NotFound(f"There is no phase {phase[:40]!r} to talk in. The phases are {', '.join(GOAL_PHASES)}.")
    employee = await prove_session(request, identity, tenant, body.session_id)
    ticket = await runner.submit(employee.tenant, employee.session, body.request(Phase(phase)))
    session = employee.session
    turn = runner.follow(employee.tenant, session.id, ticket["turn_id"], language=session.language)
    return EventStream(turn)


@router.get(
    "/api/session/{session_id}/turns/{turn_id}/stream",
    status_code=200,
    response_class=EventStream,
    responses={200: {"model": TurnEvent}},
)
async def replay(request: Request, runner: ServerRunner, employee: PathEmployee, turn_id: str) -> EventStream:
    """Replay a turn and follow it while it runs; Last-Event-ID continues."""
    await runner.exists(employee.tenant, employee.session.id, turn_id)
    after = Position.parse(request.headers.get("Last-Event-ID"))
    language = employee.session.language
    return EventStream(runner.follow(employee.tenant, employee.session.id, turn_id, after, language))


@router.delete("/api/session/{session_id}/turns/{turn_id}")
async def stop(runner: ServerRunner, employee: PathEmployee, turn_id: str) -> Success:
    """Stop a running turn: its stream ends with TURN_STOPPED, what the employee wrote is kept. A turn that is over stays."""
    await runner.stop(employee.tenant, employee.session.id, turn_id)
    return done(f"Turn {turn_id} is over")
