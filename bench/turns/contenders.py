"""What Petraf's turns are held against, each a server of its own: `python -m bench.turns.contenders floor|plain`.

Plain is what LangServe's and LangGraph's documents show: a graph of collect, refine and score over ChatOpenAI with
AsyncPostgresSaver, served under `/stream_events`. The floor passes a model's words on, without a graph or a database.
"""

import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, TypedDict

import uvicorn
from fastapi import FastAPI
from fastapi import Request as FastAPIRequest
from langchain_core.messages import AnyMessage, SystemMessage
from langchain_openai import ChatOpenAI
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.message import add_messages
from langserve import add_routes
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from bench.turns.wire import events

MOST_CONNECTIONS = 20
"""As many as Petraf's pool."""


class Talk(TypedDict):
    """The state of the plain graph."""

    messages: Annotated[list[AnyMessage], add_messages]
    goal: str
    score: float


def plain(model_url: str, database: str) -> FastAPI:
    """A goal coach as the documents of LangServe and LangGraph would have it written."""
    model = ChatOpenAI(model="fake", base_url=model_url, api_key=SecretStr("none"))

    async def collect(state: Talk) -> dict[str, Any]:
        return {"messages": [await model.ainvoke([SystemMessage("You coach."), *state["messages"]])]}

    async def refine(state: Talk) -> dict[str, Any]:
        shaped = model.with_structured_output(_schema(), method="json_schema", strict=True)
        answer = await shaped.ainvoke([SystemMessage("Write one goal."), *state["messages"]])
        return {"goal": json.dumps(answer)}

    def score(state: Talk) -> dict[str, Any]:
        return {"score": float(len(state["goal"]) % 10)}

    graph = StateGraph(Talk)
    for name, node in {"collect": collect, "refine": refine, "score": score}.items():
        graph.add_node(name, node)
    for before, after in ((START, "collect"), ("collect", "refine"), ("refine", "score"), ("score", END)):
        graph.add_edge(before, after)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        kwargs = {"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row}
        async with AsyncConnectionPool(database, max_size=MOST_CONNECTIONS, kwargs=kwargs) as pool:
            saver = AsyncPostgresSaver(pool)  # type: ignore[arg-type]
            await saver.setup()
            served = graph.compile(checkpointer=saver)
            add_routes(app, served, path="/graph", input_type=dict[str, Any], per_req_config_modifier=_on_thread)
            yield

    return FastAPI(lifespan=lifespan)


def _on_thread(config: dict[str, Any], request: FastAPIRequest) -> dict[str, Any]:
    return {**config, "configurable": {"thread_id": request.headers["X-Thread"]}}


def _schema() -> dict[str, Any]:
    properties = {"goal": {"type": "string"}, "used_passages": {"type": "array", "items": {"type": "integer"}}}
    return {
        "title": "refined_goal",
        "description": "One goal",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def floor(model_url: str) -> Starlette:
    """The model's words, passed on."""

    async def turn(request: Request) -> StreamingResponse:
        said = (await request.json())["message"]
        asked = {"model": "fake", "stream": True, "messages": [{"role": "user", "content": said}]}

        async def words() -> AsyncIterator[bytes]:
            for _ in range(2):
                async for line in events(f"{model_url}/chat/completions", asked):
                    yield line + b"\n\n"

        return StreamingResponse(words(), media_type="text/event-stream")

    return Starlette(routes=[Route("/turn", turn, methods=["POST"])])


def main() -> None:
    """Serve the one that is named, where the environment says."""
    model_url, port = os.environ["OPENAI_BASE_URL"], int(os.environ["PORT"])
    app = floor(model_url) if sys.argv[1] == "floor" else plain(model_url, os.environ["BENCH_DATABASE_URL"])
    uvicorn.run(app, port=port, log_level="error", access_log=False)


if __name__ == "__main__":
    main()
