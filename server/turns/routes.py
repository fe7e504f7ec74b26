"""The chat: one turn is one stream.

Events, in order (DECISIONS: Streams): start, message…, complete for each step that speaks; score; confirm when pausing;
transition; end, always last on success; error, always last on failure. Errors before the stream are plain HTTP.
"""

from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse

from server.context import ServerContext
from server.http.bodies import ChatTurn
from server.http.errors import NotFound
from server.http.sse import stream
from server.identity.proofs import Tenant, prove_session
from state.phases import GOAL_PHASES, Phase

router = APIRouter(tags=["chat"])


@router.post("/api/chat/{phase}/stream")
async def chat(
    request: Request, context: ServerContext, tenant: Tenant, phase: str, body: ChatTurn
) -> EventSourceResponse:
    """Accept a turn and stream it; the turn goes on when the client leaves."""
    if phase not in GOAL_PHASES:
        raise NotFound(f"There is no phase {phase[:40]!r} to talk in. The phases are {', '.join(GOAL_PHASES)}.")
    employee = await prove_session(request, context, tenant, body.session_id)
    ticket = await context.runner.submit(employee.tenant, employee.session.id, body.request(Phase(phase)))
    session = employee.session
    turn = context.runner.follow(employee.tenant, session.id, ticket["turn_id"], language=session.language)
    return stream(turn)
