"""LangServe: the conversation as a Runnable, for stock `RemoteRunnable` clients. Everything of LangServe is in this file.

The served runnable doesn't run the graph: the route proves the session and has the one turn runner accept the turn, so
errors are plain HTTP, and the runnable only follows.
"""

import json
from collections.abc import AsyncIterator
from typing import Any, cast

from fastapi import APIRouter, Request, Response, Security
from fastapi.responses import HTMLResponse
from langchain_core.runnables import Runnable, RunnableConfig
from langserve import APIHandler
from pydantic import ValidationError
from starlette.types import Message

from server.http.errors import InvalidBody, describe
from server.http.sse import EventStream
from server.identity.proofs import SESSION_TOKEN, Identity, ServerIdentity, Tenant, prove_session
from server.turns.events import GraphAnswer, TurnEvent
from server.turns.runner import TurnRunner
from server.turns.shapes import GraphTurn, Invoked, JsonSchema
from state.conversation import Event
from state.identity import Ticket, proven_tenant
from state.phases import GOAL_PHASES, Phase
from state.records.sessions.sessions import get_conversation
from state.records.turns.accept import PhaseMismatch

PROOF = [Security(SESSION_TOKEN)]
PATH = "/graph/goal-setting"
HARMLESS_KWARGS: tuple[dict[str, str] | None, ...] = (None, {}, {"version": "v1"}, {"version": "v2"})
"""What stock clients send: JavaScript's `streamEvents` puts the version of its events there, which LangServe doesn't read."""


class ServedTurn(Runnable[GraphTurn, Any]):
    """Follows the accepted turn of the request: `stream` yields its events, `invoke` collects them."""

    def __init__(self, runner: TurnRunner) -> None:
        self._runner = runner

    def invoke(self, input: GraphTurn, config: RunnableConfig | None = None, **kwargs: Any) -> Any:
        """Not offered: turns run on the server's loop."""
        raise NotImplementedError("use ainvoke or astream")

    async def ainvoke(self, input: GraphTurn, config: RunnableConfig | None = None, **kwargs: Any) -> GraphAnswer:
        """`{"turn_id", "events"}` of the whole turn."""
        events = [event async for event in self.astream(input, config)]
        return GraphAnswer(turn_id=_ticket(config)["turn_id"], events=cast("list[TurnEvent]", events))

    async def astream(
        self, input: GraphTurn, config: RunnableConfig | None = None, **kwargs: Any | None
    ) -> AsyncIterator[Event]:
        """The turn's events as they come."""
        ticket = _ticket(config)

        async def events(_: AsyncIterator[GraphTurn]) -> AsyncIterator[Event]:
            tenant = proven_tenant(ticket["tenant_id"])
            async for _position, event in self._runner.follow(tenant, ticket["session_id"], ticket["turn_id"]):
                yield event

        async def given() -> AsyncIterator[GraphTurn]:
            yield input

        async for event in self._atransform_stream_with_config(given(), events, config, run_type="chain"):
            yield event


def graph_router(runner: TurnRunner) -> APIRouter:
    """The six routes that are offered; nothing else of LangServe is mounted."""
    served = ServedTurn(runner).with_types(input_type=GraphTurn, output_type=GraphAnswer)
    handler = APIHandler(served, path=PATH, config_keys=())
    router = APIRouter(prefix=PATH, tags=["programs: LangServe"])

    @router.post("/invoke", dependencies=PROOF, responses={200: {"model": Invoked}})
    async def invoke(request: Request, identity: ServerIdentity, tenant: Tenant) -> Response:
        config = await _accepted(request, identity, runner, tenant)
        return await handler.invoke(await _without_config(request), server_config=config)

    @router.post("/stream", dependencies=PROOF, status_code=200, response_class=EventStream)
    async def stream(request: Request, identity: ServerIdentity, tenant: Tenant) -> Response:
        config = await _accepted(request, identity, runner, tenant)
        return await handler.stream(await _without_config(request), server_config=config)

    @router.post("/stream_events", dependencies=PROOF, status_code=200, response_class=EventStream)
    async def stream_events(request: Request, identity: ServerIdentity, tenant: Tenant) -> Response:
        config = await _accepted(request, identity, runner, tenant)
        return await handler.astream_events(await _without_config(request), server_config=config)

    @router.get("/input_schema")
    async def input_schema(request: Request) -> JsonSchema:
        return cast("JsonSchema", await handler.input_schema(request))

    @router.get("/output_schema")
    async def output_schema(request: Request) -> JsonSchema:
        return cast("JsonSchema", await handler.output_schema(request))

    @router.get("/playground/{file_path:path}", response_class=HTMLResponse)
    async def playground(request: Request, file_path: str) -> Any:
        return await handler.playground(file_path, request)

    return router


def _ticket(config: RunnableConfig | None) -> Ticket:
    ticket: Ticket = (config or {})["configurable"]["ticket"]
    return ticket


async def _accepted(request: Request, identity: Identity, runner: TurnRunner, tenant: Tenant) -> RunnableConfig:
    """Refuse what a client may not set, prove the session and accept the turn, before any byte is sent."""
    turn = await _turn(request)
    employee = await prove_session(request, identity, tenant, None)
    async with identity.database.tenant(employee.tenant) as tx:
        at = await get_conversation(tx, employee.session.id)
    phase = turn.phase or Phase(at.phase)
    if phase not in GOAL_PHASES and at.phase != Phase.DONE:
        raise PhaseMismatch(phase=at.phase, step=at.step)
    request_ = turn.request(phase)
    ticket = await runner.submit(employee.tenant, employee.session, request_)
    return RunnableConfig(configurable={"ticket": ticket})


async def _without_config(request: Request) -> Request:
    """The same request without the client's own config, so that LangServe can't refuse it after the turn was accepted."""
    body = json.loads(await request.body())
    kept = json.dumps({key: value for key, value in body.items() if key not in ("config", "kwargs")}).encode()

    async def receive() -> Message:
        return {"type": "http.request", "body": kept, "more_body": False}

    return Request(request.scope, receive)


async def _turn(request: Request) -> GraphTurn:
    try:
        body = json.loads(await request.body())
        config, given = body.get("config") or {}, body["input"]
        forbidden = config.get("configurable") or body.get("kwargs") not in HARMLESS_KWARGS
    except (ValueError, KeyError, AttributeError):
        raise InvalidBody('Send {"input": {"message": "…"}} as JSON.') from None
    if forbidden:
        raise InvalidBody("configurable and kwargs can't be set by a client: the session comes from your token.")
    try:
        return GraphTurn.model_validate(given)
    except ValidationError as error:
        raise InvalidBody(describe(error.errors())) from None
