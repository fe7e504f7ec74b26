"""A fake language model at the edge of the process: a real local HTTP server that speaks OpenAI's protocol.

Use `with model_server() as server:` and point a client at `server.base_url`. Unscripted, it gives acceptable answers:
a short reply, a goal made from the employee's own messages, and 8.0 for each criterion with words of the goal quoted.
`server.script(...)` queues other behaviour for the next requests, `server.always(...)` for all that follow.
"""

import asyncio
import json
import re
import socket
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

INPUT_TOKENS = 120
"""What every answer reports as prompt tokens; one completion token a word."""


@dataclass(frozen=True)
class Text:
    """Answer with exactly this text."""

    text: str


@dataclass(frozen=True)
class Status:
    """Answer with an HTTP error."""

    code: int


@dataclass(frozen=True)
class Hang:
    """Say nothing for so long."""

    seconds: float = 30


@dataclass(frozen=True)
class Cut:
    """Break the connection after so many streamed pieces (or in the middle of the body)."""

    after: int = 2


@dataclass(frozen=True)
class Garbage:
    """Answer 200 with something that isn't OpenAI's form."""


@dataclass(frozen=True)
class CutOff:
    """Answer with this text, ended by the token limit."""

    text: str = '{"goal": "Within'


Behaviour = Text | Status | Hang | Cut | Garbage | CutOff
BAD_JSON = Text("Sure! Here is your goal: become better.")


@dataclass
class ModelServer:
    """The running server: where it is, what it was asked, what it does next."""

    base_url: str
    requests: list[dict[str, Any]] = field(default_factory=list)
    """Bodies of the requests, oldest first; the key each came with is under `_key`."""
    _queue: deque[Behaviour] = field(default_factory=deque)
    _always: Behaviour | None = None
    delay: float = 0.0
    """Seconds between two streamed pieces."""
    pause: float = 0.0
    """Seconds before every answer."""
    busy: int = 0
    busiest: int = 0
    """Most requests that were waiting for their answer at the same time."""

    def script(self, *behaviours: Behaviour | str | dict[str, Any]) -> None:
        """Queue behaviour for the next requests; a text or an object is answered as it is."""
        self._queue.extend(_behaviour(b) for b in behaviours)

    def always(self, behaviour: Behaviour | str | dict[str, Any] | None) -> None:
        """Behave so whenever nothing is queued; None goes back to acceptable answers."""
        self._always = None if behaviour is None else _behaviour(behaviour)

    def next_behaviour(self, body: dict[str, Any]) -> Behaviour:
        """What to do with this request."""
        if self._queue:
            return self._queue.popleft()
        return self._always or Text(_acceptable(body))


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """A server on a free port of 127.0.0.1, in a thread of its own."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = ModelServer(f"http://127.0.0.1:{listening.getsockname()[1]}/v1")
        config = uvicorn.Config(
            _app(server), log_level="critical", lifespan="off", timeout_graceful_shutdown=1, ws="none"
        )
        runner = uvicorn.Server(config)
        thread = threading.Thread(target=runner.run, args=([listening],), daemon=True)
        thread.start()
        while not runner.started and thread.is_alive():
            time.sleep(0.01)
        try:
            yield server
        finally:
            runner.should_exit = True
            thread.join(timeout=10)


def _behaviour(given: Behaviour | str | dict[str, Any]) -> Behaviour:
    if isinstance(given, str):
        return Text(given)
    return Text(json.dumps(given)) if isinstance(given, dict) else given


def _app(server: ModelServer) -> Starlette:
    async def completions(request: Request) -> Response:
        body = await request.json()
        server.requests.append(body | {"_key": request.headers.get("authorization", "")})
        behaviour = server.next_behaviour(body)
        await _pause(server)
        if isinstance(behaviour, Hang):
            await asyncio.sleep(behaviour.seconds)
            behaviour = Status(504)
        if isinstance(behaviour, Status):
            return _error(behaviour.code, body)
        if isinstance(behaviour, Garbage):
            return JSONResponse({"choices": None, "hello": "I am a proxy"})
        if body.get("stream"):
            return StreamingResponse(_stream(server, behaviour, body), media_type="text/event-stream")
        return _whole(behaviour)

    return Starlette(routes=[Route("/v1/chat/completions", completions, methods=["POST"])])


async def _pause(server: ModelServer) -> None:
    server.busy += 1
    server.busiest = max(server.busiest, server.busy)
    await asyncio.sleep(server.pause)
    server.busy -= 1


def _error(code: int, body: dict[str, Any]) -> Response:
    """An error the way real servers give it: it repeats the key and the prompt, which must go no further."""
    said = body["messages"][-1]["content"][:300]
    message = f"Incorrect API key provided: sk-secret. Request was: {said}"
    return JSONResponse({"error": {"message": message, "type": "error", "code": None}}, status_code=code)


def _usage(text: str) -> dict[str, int]:
    words = len(text.split())
    return {"prompt_tokens": INPUT_TOKENS, "completion_tokens": words, "total_tokens": INPUT_TOKENS + words}


def _text(behaviour: Behaviour) -> str:
    return behaviour.text if isinstance(behaviour, Text | CutOff) else "I was about to say something longer than this."


def _whole(behaviour: Behaviour) -> Response:
    text = _text(behaviour)
    reason = "length" if isinstance(behaviour, CutOff) else "stop"
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": reason}
    answer = {"id": "1", "object": "chat.completion", "created": 0, "model": "fake", "choices": [choice]}
    content = json.dumps(answer | {"usage": _usage(text)}).encode()
    if isinstance(behaviour, Cut):
        return StreamingResponse(_broken(content[: len(content) // 2]), media_type="application/json")
    return Response(content, media_type="application/json")


async def _broken(content: bytes) -> AsyncIterator[bytes]:
    yield content
    raise ConnectionAbortedError


async def _stream(server: ModelServer, behaviour: Behaviour, body: dict[str, Any]) -> AsyncIterator[str]:
    text = _text(behaviour)
    for i, piece in enumerate(re.findall(r"\s*\S+", text)):
        if isinstance(behaviour, Cut) and i == behaviour.after:
            raise ConnectionAbortedError
        yield _event([{"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}])
        await asyncio.sleep(server.delay)
    yield _event([{"index": 0, "delta": {}, "finish_reason": "stop"}])
    if (body.get("stream_options") or {}).get("include_usage"):
        yield _event([], usage=_usage(text))
    yield "data: [DONE]\n\n"


def _event(choices: list[dict[str, Any]], **more: Any) -> str:
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "fake", "choices": choices}
    return f"data: {json.dumps(chunk | more)}\n\n"


def _acceptable(body: dict[str, Any]) -> str:
    schema = (body.get("response_format") or {}).get("json_schema", {})
    asked = str(body["messages"][-1]["content"])
    match schema.get("name"):
        case "refined_goal":
            return json.dumps({"goal": _goal(body, asked), "used_passages": []})
        case "judged_goal":
            names = schema["schema"]["properties"]["criteria"]["required"]
            return json.dumps(_judgement(names, asked))
        case _:
            return _reply(asked)


def _reply(asked: str) -> str:
    question = _between("question", asked)
    if not question:
        return "Thank you, that is a clear picture. I am writing your goal now."
    return f"Thank you, that helps. {question[0]}"


def _goal(body: dict[str, Any], asked: str) -> str:
    """A goal in the form the phase asks for, in the employee's words without their wishes."""
    found = re.search(r"at most (\d+) characters", asked)
    limit = int(found[1]) if found else 300
    months = re.search(r"time frame is (\d+) months", asked)
    within = f"Within {months[1]} months" if months else "Values at work"
    wishes = [w for m in _between("message", asked) for w in _wishes(m)] or ["describe the goal"]
    if "one line per" in str(body["messages"][0]["content"]):
        lines = [f"{within}:"]
        for wish in wishes:
            line = f"- {wish[:1].upper()}{wish[1:]}."
            if len("\n".join([*lines, line])) <= limit:
                lines.append(line)
        return "\n".join(lines)
    goal = f"{within}, {' and '.join(wishes)}"
    return goal if len(goal) < limit else goal[: limit - 1].rsplit(" ", 1)[0] + "."


_WISH = re.compile(r"^(?:and |also |maybe )*i(?:'d like to| would like to| want to| will| plan to| hope to) ", re.I)

_MINE = re.compile(r"\b(?:I(?:['’]\w+)?|[Mm]y)\b")


def _wishes(message: str) -> list[str]:
    sentences = [s.strip().rstrip(".!?") for s in re.split(r"(?<=[.!?])\s+|\n+", message)]
    return [_MINE.sub("the", _WISH.sub("", s)).replace("maybe ", "") for s in sentences if s]


def _judgement(names: list[str], asked: str) -> dict[str, Any]:
    goal = (_between("goal", asked) or [""])[0].replace("[...]", "…")
    quote = max(re.split(r"…|\n", goal), key=len).strip()[:200]
    criteria = {n: {"score": 8.0, "reasoning": "The goal says so.", "evidence": quote} for n in names}
    return {"criteria": criteria, "feedback": "A clear goal.", "suggestions": ["Say who else is part of it."]}


def _between(tag: str, text: str) -> list[str]:
    return re.findall(rf"<{tag}(?: [^>]*)?>\n(.*?)\n</{tag}>", text, re.DOTALL)
