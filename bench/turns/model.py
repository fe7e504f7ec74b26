"""The fake language model of this benchmark: OpenAI's protocol in a process of its own, `python -m bench.turns.model`.

`/v1/letters` tells how much it was asked beside the system's prompts, which a provider's cache holds, and how much it answered.
It waits as long as `BENCH_MODEL_MS` says before its first word; its answers pass Petraf's checks.
"""

import asyncio
import json
import os
import re
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

REPLY = "That is a clear picture of where you want to be, and of what you will do on the way there. "
GOALS = {
    "certification": "Within 6 months:\n- Complete AWS Solutions Architect certification by May 2027.\n"
    "- Lead the payment gateway migration project.\n- Mentor 2 junior developers every week.\n"
    "- Read 3 books on distributed systems.",
    "Collaboration": "Values at work: continuous learning by reading for an hour every Friday, collaboration by reviewing two "
    "merge requests a day, and excellence by writing a test before every change.",
    "payment platform": "Within 24 months, lead a team of 3-4 developers on the payment platform and master distributed systems.",
}
"""What the employees of this benchmark come to, by a word that they say."""
MOST = 200
"""Letters of a goal that are quoted as evidence."""


def app(delay: float) -> Starlette:
    """The server; `delay` in seconds."""

    letters = Counter[str]()

    async def spoken(request: Request) -> Response:
        return JSONResponse(letters)

    async def completions(request: Request) -> Response:
        body = await request.json()
        await asyncio.sleep(delay)
        text = answer_of(body)
        letters["answered"] += len(text)
        letters["asked"] += sum(len(message["content"]) for message in body["messages"] if message["role"] != "system")
        if body.get("stream"):
            return StreamingResponse(_stream(text), media_type="text/event-stream")
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        whole = {"id": "1", "object": "chat.completion", "created": 0, "model": "fake", "choices": [choice]}
        return JSONResponse(whole | {"usage": _usage(text)})

    return Starlette(
        routes=[Route("/v1/chat/completions", completions, methods=["POST"]), Route("/v1/letters", spoken)]
    )


def answer_of(body: dict[str, Any]) -> str:
    """A reply that asks what it was told to ask, a goal in the employee's words, or 8.0 for each criterion."""
    schema = (body.get("response_format") or {}).get("json_schema", {})
    asked = str(body["messages"][-1]["content"])
    if schema.get("name") == "judged_goal":
        goal = (_between("goal", asked) or [""])[0]
        verdict = {"reasoning": "The goal says so.", "evidence": goal.split("\n")[0][:MOST], "score": 8.0}
        names = schema["schema"]["properties"]["criteria"]["required"]
        return json.dumps({"criteria": dict.fromkeys(names, verdict), "feedback": "A clear goal.", "suggestions": []})
    if schema:
        return json.dumps({"goal": _goal(asked), "used_passages": []})
    return REPLY + (_between("question", asked) or [""])[0]


def _goal(asked: str) -> str:
    said = " ".join(_between("message", asked)) or asked
    return next((goal for word, goal in GOALS.items() if word in said), "Lead a team.")


def _between(tag: str, text: str) -> list[str]:
    return re.findall(rf"<{tag}(?: [^>]*)?>\n(.*?)\n</{tag}>", text, re.DOTALL)


async def _stream(text: str) -> AsyncIterator[str]:
    for word in re.findall(r"\s*\S+", text):
        yield _chunk([{"index": 0, "delta": {"role": "assistant", "content": word}, "finish_reason": None}])
    yield _chunk([{"index": 0, "delta": {}, "finish_reason": "stop"}]) + _chunk([], usage=_usage(text))
    yield "data: [DONE]\n\n"


def _chunk(choices: list[dict[str, Any]], **more: Any) -> str:
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "fake", "choices": choices}
    return f"data: {json.dumps(chunk | more)}\n\n"


def _usage(text: str) -> dict[str, int]:
    words = len(text.split())
    return {"prompt_tokens": 100, "completion_tokens": words, "total_tokens": 100 + words}


if __name__ == "__main__":
    delay = float(os.environ.get("BENCH_MODEL_MS", "0")) / 1000
    uvicorn.run(app(delay), port=int(os.environ["PORT"]), log_level="error", access_log=False)
