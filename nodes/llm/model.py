"""One call of a language model: tokens as they come or an object of a given shape, real usage, and clear failures."""

import json
import logging
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing, contextmanager
from typing import Any, Generic, TypeVar, cast

import httpx2
import openai
from langchain_core.exceptions import LangChainException
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage
from pydantic import BaseModel, ValidationError

from nodes.errors import CoachReplyUnfit, CoachUnavailable
from nodes.llm.wire import Answer, BrokenOff, Refused, Unreadable, wire_of
from state.conversation import NO_USAGE, Usage, add_usage

log = logging.getLogger(__name__)

ATTEMPTS = 2
"""An answer that can't be used is asked for once more, then the turn says so."""
_NO_ANSWER_READ = (LangChainException, ValueError, TypeError, LookupError)
"""What LangChain and the client raise when a server's answer isn't in OpenAI's form."""

Reply = TypeVar("Reply", bound=BaseModel)


class Asked(Generic[Reply]):
    """An answer of the right shape, what it cost, and what is still wrong with it after the last attempt."""

    def __init__(self, reply: Reply, usage: Usage, complaint: str | None) -> None:
        self.reply = reply
        self.usage = usage
        self.complaint = complaint


async def spoken(model: BaseChatModel, messages: list[BaseMessage]) -> AsyncGenerator[tuple[str, Usage], None]:
    """The model's answer piece by piece, with what each piece reports of the usage.

    Raises CoachUnavailable, also in the middle of the answer.
    """
    if wire := wire_of(model):
        with _translated():
            async with aclosing(wire.pieces(messages)) as pieces:
                async for piece in pieces:
                    yield piece
        return
    with _translated():
        async with aclosing(cast(AsyncGenerator[AIMessageChunk, None], model.astream(messages))) as parts:
            async for part in parts:
                yield str(part.text), usage_of(part)


async def asked(
    model: BaseChatModel,
    messages: Sequence[BaseMessage],
    schema: dict[str, Any],
    shape: type[Reply],
    complain: Callable[[Reply], str | None],
) -> Asked[Reply]:
    """An answer of this shape; one that doesn't fit or that `complain` finds wanting is asked for once more.

    Raises CoachUnavailable, and CoachReplyUnfit when no attempt had the shape. A complaint that remains is handed back.
    """
    usage, found, complaint = NO_USAGE, None, None
    talk = list(messages)
    for _ in range(ATTEMPTS):
        answer = await _structured(model, talk, schema)
        said = _unfenced(answer.text)
        usage = add_usage(usage, answer.usage)
        reply = _parsed(said, shape)
        wrong = complain(reply) if reply else "it isn't JSON in the form you were given."
        if reply:
            found, complaint = reply, wrong
        if wrong is None:
            break
        log.info("model reply asked for once more", extra={"schema": schema["title"], "shaped": reply is not None})
        talk = [*messages, AIMessage(said or "{}"), HumanMessage(f"That can't be used: {wrong}\nAnswer again.")]
    if found is None:
        raise CoachReplyUnfit("it did not follow the form it was given", usage)
    return Asked(found, usage, complaint)


def usage_of(message: BaseMessage) -> Usage:
    """The tokens a message reports; zeros when the server reports none."""
    reported = getattr(message, "usage_metadata", None)
    if not reported:
        return NO_USAGE
    return Usage(input=reported["input_tokens"], output=reported["output_tokens"], total=reported["total_tokens"])


async def _structured(model: BaseChatModel, messages: list[BaseMessage], schema: dict[str, Any]) -> Answer:
    """One structured answer as the model gave it; an answer cut off or refused comes back empty."""
    with _translated():
        if wire := wire_of(model):
            return await wire.whole(messages, schema)
        call = model.with_structured_output(schema, method="json_schema", strict=True, include_raw=True)
        try:
            raw = cast(dict[str, Any], await call.ainvoke(messages))["raw"]
        except (openai.LengthFinishReasonError, openai.ContentFilterFinishReasonError):
            return Answer("", NO_USAGE)
    # Older models know structured answers only as tool calls.
    tool = json.dumps(raw.tool_calls[0]["args"]) if raw.tool_calls else ""
    return Answer(str(raw.text) or tool, usage_of(raw))


def _parsed(said: str, shape: type[Reply]) -> Reply | None:
    try:
        return shape.model_validate_json(said)
    except ValidationError:
        return None


def _unfenced(said: str) -> str:
    """The answer without the code fence some models put around it, and without null characters, which no record can hold."""
    text = said.replace("\\u0000", "").replace("\x00", "")
    return text.strip().removeprefix("```json").removeprefix("```").removesuffix("```").strip()


@contextmanager
def _translated() -> Iterator[None]:
    """Model failures as ours. The cause is dropped: it may quote the key or what an employee wrote."""
    try:
        yield
    except Refused as error:
        raise _unavailable(_status(error.status), error) from None
    except openai.APIStatusError as error:
        raise _unavailable(_status(error.status_code), error) from None
    except (openai.APITimeoutError, TimeoutError, httpx2.TimeoutException) as error:
        raise _unavailable("did not answer in time", error) from None
    except (openai.APIConnectionError, httpx2.TransportError) as error:
        raise _unavailable("could not be reached, or the connection to it broke", error) from None
    except (openai.OpenAIError, httpx2.HTTPError, BrokenOff, OSError) as error:
        raise _unavailable("broke off in the middle of its answer", error) from None
    except (Unreadable, *_NO_ANSWER_READ) as error:
        raise _unavailable("gave an answer that could not be read", error) from None


def _unavailable(what: str, error: Exception) -> CoachUnavailable:
    log.warning("model unavailable: it %s", what, extra={"error_type": type(error).__name__})
    return CoachUnavailable(what)


def _status(status: int) -> str:
    known = {
        401: "did not accept the key it was called with (401)",
        403: "did not accept the key it was called with (403)",
        404: "is not known at the configured address (404)",
        408: "did not answer in time (408)",
        429: "is asked for more than it allows right now (429)",
    }
    if status in known:
        return known[status]
    return f"has a fault of its own ({status})" if status >= 500 else f"refused the request ({status})"
