"""OpenAI's chat protocol read as it comes: no object a token, which is what most of a turn's processor time went into.

LangChain's own way stays for what this doesn't speak (the Responses API) and for runs that are traced.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import orjson
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_openai import ChatOpenAI
from langsmith.utils import tracing_is_enabled

from state.conversation import NO_USAGE, Usage

AGAIN = frozenset({408, 409, 429})
"""Answers after which the same request may go well, as may one to a server with a fault of its own."""
SERVER_FAULT = 500
FIRST_WAIT, LONGEST_WAIT = 0.5, 8.0
"""Seconds before a request is sent again, twice as long each time; a server may ask for up to LONGEST_ASKED."""
LONGEST_ASKED = 120.0
CUT_OFF = ("length", "content_filter")


class Refused(Exception):
    """The server answered with an error."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Unreadable(Exception):
    """The answer isn't in OpenAI's form."""


class BrokenOff(Exception):
    """The server told of an error in the middle of its answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; empty where it was cut off or refused."""

    text: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class Wire:
    """Requests to one model."""

    model: ChatOpenAI
    client: httpx2.AsyncClient

    async def pieces(self, messages: Sequence[BaseMessage]) -> AsyncGenerator[tuple[str, Usage], None]:
        """The answer as it comes, what arrived together as one piece, each with what it reports of the usage.

        Raises the errors of this module and httpx2's.
        """
        options = {"stream_options": {"include_usage": True}} if self.model.stream_usage else {}
        anything = False
        async with self._answer(messages, stream=True, **options) as response:
            async for chunks in _chunks(response):
                anything = anything or bool(chunks)
                text = "".join(_said(chunk) for chunk in chunks)
                usage = next((_usage(chunk) for chunk in reversed(chunks) if chunk.get("usage")), NO_USAGE)
                if text or usage is not NO_USAGE:
                    yield text, usage
        if not anything:
            raise Unreadable

    async def whole(self, messages: Sequence[BaseMessage], schema: dict[str, Any]) -> Answer:
        """The answer in the form of a JSON schema with title and description. Raises as `pieces` does."""
        form = {key: value for key, value in schema.items() if key not in ("title", "description")}
        named = {"name": schema["title"], "description": schema["description"], "strict": True, "schema": form}
        asked = {"type": "json_schema", "json_schema": named}
        async with self._answer(messages, stream=False, response_format=asked) as response:
            return _answer(_parsed(await response.aread()))

    @asynccontextmanager
    async def _answer(
        self, messages: Sequence[BaseMessage], *, stream: bool, **more: Any
    ) -> AsyncIterator[httpx2.Response]:
        """The server's answer, asked for again as often as the model's settings allow. Raises Refused."""
        payload = self.model._get_request_payload(list(messages), stream=stream, **more)
        content = orjson.dumps(payload)
        request = self.client.build_request("POST", self._url(), content=content, headers=self._headers())
        left = self.model.max_retries or 0
        response = await self._sent(request, left)
        try:
            yield response
        finally:
            await response.aclose()

    async def _sent(self, request: httpx2.Request, left: int) -> httpx2.Response:
        for attempt in range(left + 1):
            wait = min(FIRST_WAIT * 2**attempt, LONGEST_WAIT)
            try:
                response = await self.client.send(request, stream=True)
            except httpx2.TransportError:
                if attempt == left:
                    raise
            else:
                if response.is_success:
                    return response
                await response.aclose()
                if attempt == left or not (response.status_code in AGAIN or response.status_code >= SERVER_FAULT):
                    raise Refused(response.status_code)
                wait = _asked_wait(response, wait)
            await asyncio.sleep(wait)
        raise AssertionError("each way through the loop ends")

    def _url(self) -> str:
        return f"{self.model.root_async_client.base_url}chat/completions"

    def _headers(self) -> dict[str, str]:
        ours = self.model.root_async_client
        named = {"OpenAI-Organization": ours.organization, "OpenAI-Project": ours.project}
        return {
            "Authorization": f"Bearer {ours.api_key}",
            "Content-Type": "application/json",
            **{name: value for name, value in named.items() if value},
        }


def wire_of(model: BaseChatModel) -> Wire | None:
    """The wire to a model that is spoken to so; None where LangChain's own way is needed."""
    if not isinstance(model, ChatOpenAI) or tracing_is_enabled() or model._use_responses_api({}):
        return None
    client = model.http_async_client
    return Wire(model, client) if isinstance(client, httpx2.AsyncClient) else None


def _asked_wait(response: httpx2.Response, otherwise: float) -> float:
    asked = response.headers.get("retry-after", "")
    seconds = float(asked) if asked.isdecimal() else 0.0
    return seconds if 0 < seconds <= LONGEST_ASKED else otherwise


async def _chunks(response: httpx2.Response) -> AsyncIterator[list[dict[str, Any]]]:
    """The chunks of a stream, those that arrived together at a time."""
    rest = b""
    async for read in response.aiter_bytes():
        *lines, rest = (rest + read).split(b"\n")
        yield [chunk for line in lines if (chunk := _chunk(line)) is not None]
    yield [chunk for line in [rest] if (chunk := _chunk(line)) is not None]


def _chunk(line: bytes) -> dict[str, Any] | None:
    data = line.strip().removeprefix(b"data:").strip() if line.startswith(b"data:") else b""
    if not data or data == b"[DONE]":
        return None
    chunk = _parsed(data)
    if chunk.get("error"):
        raise BrokenOff
    return chunk


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError:
        raise Unreadable from None
    if not isinstance(found, dict):
        raise Unreadable
    return found


def _said(chunk: dict[str, Any]) -> str:
    choices = chunk.get("choices") or []
    return str((choices[0].get("delta") or {}).get("content") or "") if choices else ""


def _answer(whole: dict[str, Any]) -> Answer:
    """Older models know structured answers only as tool calls."""
    usage = _usage(whole)
    try:
        choice = whole["choices"][0]
        message = choice["message"]
        if choice.get("finish_reason") in CUT_OFF:
            return Answer("", usage)
        calls = message.get("tool_calls")
        return Answer(str(message.get("content") or (calls[0]["function"]["arguments"] if calls else "")), usage)
    except (LookupError, TypeError, AttributeError):
        raise Unreadable from None


def _usage(chunk: dict[str, Any]) -> Usage:
    told = chunk.get("usage") or {}
    given, made = int(told.get("prompt_tokens") or 0), int(told.get("completion_tokens") or 0)
    return Usage(input=given, output=made, total=int(told.get("total_tokens") or given + made))
