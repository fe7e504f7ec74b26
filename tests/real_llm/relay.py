"""Between the coach and the model: writes down what goes over the wire, and may narrow what the model can say.

Narrowing is how a model too small to be bold is made to be: the server's own grammar holds its answer to a schema
inside the one the coach sent, so the answer is still the model's, came over the wire, and had the form asked for.
"""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

Schema = dict[str, Any]


def text(most: int) -> Schema:
    """A text of at most so many characters, in any words the model likes."""
    return {"type": "string", "maxLength": most}


BRIEF: dict[str, Schema | None] = {
    "goal": text(400),
    "used_passages": {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 9}, "maxItems": 1},
    "reasoning": text(40),
    "evidence": text(40),
    "score": {"type": "integer", "minimum": 0, "maximum": 10},
    "feedback": text(40),
    "suggestions": {"type": "array", "items": text(40), "maxItems": 1},
}
"""A writer and a judge of few words: left to itself this model may go on up to the most tokens."""


@dataclass
class Exchange:
    """One request as the coach sent it, and the server's answer."""

    request: dict[str, Any]
    status: int = 0
    answer: bytes = b""

    def events(self) -> list[dict[str, Any]]:
        """The events of a streamed answer."""
        lines = (line.removeprefix("data: ") for line in self.answer.decode().splitlines() if line.startswith("data: "))
        return [json.loads(line) for line in lines if line != "[DONE]"]

    def said(self) -> str:
        """What the model said in an answer that came as a whole."""
        return str(json.loads(self.answer)["choices"][0]["message"]["content"])

    def is_whole(self) -> bool:
        """Whether the model ended its answer itself, before the most tokens did."""
        return bool(json.loads(self.answer)["choices"][0]["finish_reason"] == "stop")

    def usage(self) -> dict[str, int]:
        """The tokens the server counted."""
        whole = self.events()[-1] if self.request.get("stream") else json.loads(self.answer)
        return {kind: whole["usage"][f"{kind}_tokens"] for kind in ("prompt", "completion", "total")}


@dataclass
class Relay:
    """The running relay: where it is, what passed, and how it narrows what passes next."""

    base_url: str
    exchanges: list[Exchange] = field(default_factory=list)
    narrow: dict[str, Schema | None] = field(default_factory=lambda: dict(BRIEF))
    """Schemas in place of the coach's own for properties of these names; None takes the property out."""
    extra: dict[str, Any] = field(default_factory=dict)
    """What every request says besides: `seed`, `ignore_eos`."""

    def narrowed(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The request as the server gets it."""
        sent = json.loads(json.dumps(body)) | self.extra
        if wanted := sent.get("response_format"):
            wanted["json_schema"]["schema"] = _narrowed(wanted["json_schema"]["schema"], self.narrow)
        return dict(sent)


@asynccontextmanager
async def relay_to(upstream: str) -> AsyncIterator[Relay]:
    """A relay on a free port of 127.0.0.1, in this event loop."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        relay = Relay(f"http://127.0.0.1:{listening.getsockname()[1]}/v1")
        async with httpx.AsyncClient(base_url=upstream, timeout=None) as client:  # noqa: S113 - the coach's own counts
            config = uvicorn.Config(
                _app(relay, client), log_level="critical", lifespan="off", timeout_graceful_shutdown=1, ws="none"
            )
            server = uvicorn.Server(config)
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            while not server.started:
                if serving.done():
                    serving.result()
                await asyncio.sleep(0.01)
            try:
                yield relay
            finally:
                server.should_exit = True
                await serving


def _app(relay: Relay, client: httpx.AsyncClient) -> Starlette:
    async def completions(request: Request) -> StreamingResponse:
        exchange = Exchange(await request.json())
        relay.exchanges.append(exchange)
        ask = client.build_request(
            "POST",
            "chat/completions",
            json=relay.narrowed(exchange.request),
            headers={"Authorization": request.headers["authorization"]},
        )
        answer = await client.send(ask, stream=True)
        exchange.status = answer.status_code
        return StreamingResponse(
            _passed_on(answer, exchange), answer.status_code, media_type=answer.headers["content-type"]
        )

    return Starlette(routes=[Route("/v1/chat/completions", completions, methods=["POST"])])


async def _passed_on(answer: httpx.Response, exchange: Exchange) -> AsyncIterator[bytes]:
    try:
        async for part in answer.aiter_bytes():
            exchange.answer += part
            yield part
    finally:
        await answer.aclose()


def _narrowed(schema: Schema, narrow: Mapping[str, Schema | None]) -> Schema:
    if "properties" not in schema:
        return schema
    properties = {
        name: narrow.get(name) or _narrowed(own, narrow)
        for name, own in schema["properties"].items()
        if narrow.get(name, own) is not None
    }
    return schema | {"properties": properties, "required": list(properties)}
