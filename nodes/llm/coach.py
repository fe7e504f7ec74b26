"""The LLM coach: it lets a language model speak, and believes it nothing that code can check."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing

import openai
from langchain_core.language_models import BaseChatModel
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from nodes.coach import Adviser, Briefing, Chunk, Exam, Judged, Refined
from nodes.errors import CoachReplyUnfit, CoachUnavailable
from nodes.llm import draft, guard, panel
from nodes.llm.messages import judge_messages, refine_messages, reply_messages
from nodes.llm.model import asked, spoken
from nodes.llm.prompts import JUDGE, prompt_version
from nodes.llm.schemas import JudgedReply, RefinedReply, judge_schema, refine_schema
from nodes.words import words_of
from state.conversation import NO_USAGE, Usage, add_usage
from state.scorecard import Judgement

log = logging.getLogger(__name__)

MOST_SPOKEN, MOST_WRITTEN = 800, 2000
"""Tokens of a reply and of a structured answer: a small model that never stops must end some time."""
MOST_THOUGHT = 8192
"""Tokens of a reasoning model's answer, which include its reasoning."""
FIRST_WARMTH, SECOND_WARMTH = 0.0, 0.3
"""Temperatures of judging: the likeliest answer first; near the threshold others that are opinions of their own."""
_PROVIDER = "openai:"
_WRITING_NOW = "Thank you, that is enough to go on. I am writing your goal now."
_ASKS = re.compile(r"[?？؟]\W*$")
"""Ends with a question, whatever quotation marks or emoji follow it."""


class LLMCoach:
    """A coach over any LangChain chat model. What needs no model is its adviser's."""

    def __init__(
        self, model: BaseChatModel, name: str, adviser: Adviser, close: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        writing = _most(model, MOST_WRITTEN) | {"disable_streaming": True}  # nobody sees these tokens come
        self._speaker = model.model_copy(update=_most(model, MOST_SPOKEN))
        self._writer = model.model_copy(update=writing)
        self._judge = model.model_copy(update=writing | _warmth(model, FIRST_WARMTH))
        self._other_judge = model.model_copy(update=writing | _warmth(model, SECOND_WARMTH))
        self._name = name
        self._close = close
        self.gap, self.question = adviser.gap, adviser.question
        self.advice, self.never_worse = adviser.advice, adviser.never_worse

    @property
    def model(self) -> str:
        """Model id for the records."""
        return self._name

    @property
    def prompt_version(self) -> str:
        """Version of the judge's prompt."""
        return prompt_version(JUDGE)

    @property
    def english_only(self) -> bool:
        """Models read other languages."""
        return False

    async def aclose(self) -> None:
        """Give back the connections to the model."""
        if self._close:
            await self._close()

    async def reply(self, briefing: Briefing) -> AsyncIterator[Chunk]:
        """Answer the employee as the model speaks; the question is asked even when the model forgets it.

        Raises CoachUnavailable, also in the middle of the answer.
        """
        whole, waiting, usage = "", "", NO_USAGE
        async with aclosing(spoken(self._speaker, reply_messages(briefing))) as parts:
            async for text, used in parts:
                usage = add_usage(usage, used)
                if text:
                    if waiting:
                        yield Chunk(waiting)
                    waiting, whole = text, whole + text
        if ending := _ending(whole, briefing):
            if waiting:
                yield Chunk(waiting)
            waiting = ending
        yield Chunk(waiting, usage)

    async def refine(self, briefing: Briefing) -> Refined:
        """Write one goal; what nobody said is marked, and what can't stand is cut out in code.

        Raises CoachUnavailable, and CoachReplyUnfit when nothing usable is left.
        """

        def complain(reply: RefinedReply) -> str | None:
            return " ".join(draft.shortcomings(reply.goal, draft.facts(reply, briefing))) or None

        answer = await asked(self._writer, refine_messages(briefing), refine_schema(), RefinedReply, complain)
        facts = draft.facts(answer.reply, briefing)
        goal = draft.mended(answer.reply.goal, facts) if answer.complaint else answer.reply.goal
        if not draft.says_something(goal, facts):
            raise CoachReplyUnfit("it was hardly about what you said", answer.usage)
        return Refined(draft.draft(goal, facts), answer.usage)

    async def judge(self, exam: Exam) -> Judged:
        """One verdict per criterion, cut down to what the goal's own words prove; near the threshold the median of three.

        Raises CoachUnavailable, and CoachReplyUnfit when the criteria weren't all judged; both of the first judgement
        only. When another one fails, those there are decide and the feedback says so (`panel.median`).
        """
        first = await self._judged(self._judge, exam)
        if not panel.is_near(first.judgement, exam):
            return first
        others = await asyncio.gather(*(self._judged_or_spent(exam) for _ in range(panel.JUDGEMENTS - 1)))
        usage = first.usage
        for _, spent in others:
            usage = add_usage(usage, spent)
        judgements = [first.judgement, *(judgement for judgement, _ in others if judgement)]
        return Judged(panel.median(judgements, exam), usage)

    async def _judged(self, model: BaseChatModel, exam: Exam) -> Judged:
        names = list(exam.rubric.criteria)

        def complain(reply: JudgedReply) -> str | None:
            return guard.complaint(reply, names)

        answer = await asked(model, judge_messages(exam), judge_schema(names), JudgedReply, complain)
        if sorted(c.name for c in answer.reply.criteria) != sorted(names):
            raise CoachReplyUnfit("it did not judge every criterion", answer.usage)
        judgement = Judgement(
            verdicts=guard.verdicts(answer.reply, exam),
            feedback=guard.remark(answer.reply.feedback),
            suggestions=guard.remarks(answer.reply.suggestions),
            model=self._name,
            prompt_version=prompt_version(JUDGE),
        )
        return Judged(judgement, answer.usage)

    async def _judged_or_spent(self, exam: Exam) -> tuple[Judgement | None, Usage]:
        """Another judgement and what it cost; None when the model gave none."""
        try:
            judged = await self._judged(self._other_judge, exam)
        except CoachUnavailable:
            return None, NO_USAGE  # said in the log where it happened
        except CoachReplyUnfit as error:
            log.warning("another judgement near the threshold could not be used")
            return None, error.usage
        return judged.judgement, judged.usage


def build_llm_coach(
    name: str,
    adviser: Adviser,
    *,
    api_key: str | None,
    base_url: str | None,
    timeout: float = 60,
    max_retries: int = 2,
) -> LLMCoach:
    """A coach over an OpenAI-compatible server, for names such as `openai:gpt-4o-mini` or `gpt-4o-mini`.

    Close it with `aclose`. Raises ValueError when neither a key nor an address is given, or no model's name.
    """
    model_id = name.removeprefix(_PROVIDER).strip()
    if not model_id:
        raise ValueError(f"{name!r} names no model: write for example openai:gpt-4o-mini")
    if not api_key and not base_url:
        raise ValueError("a language model needs OPENAI_API_KEY, or OPENAI_BASE_URL for a server without keys")
    client = openai.DefaultAsyncHttpxClient(timeout=timeout)
    model = ChatOpenAI(
        model=model_id,
        api_key=SecretStr(api_key or "none"),  # servers without keys ignore it; the client insists on one
        base_url=base_url,
        timeout=timeout,
        stream_chunk_timeout=timeout,
        max_retries=max_retries,
        stream_usage=True,
        http_async_client=client,
    )
    return LLMCoach(model, model_id, adviser, client.aclose)


def _warmth(model: BaseChatModel, degree: float) -> dict[str, float]:
    """A temperature for judging, where the model has one to set; reasoning models refuse any but their own."""
    return {"temperature": degree} if "temperature" in type(model).model_fields and not _reasons(model) else {}


def _most(model: BaseChatModel, tokens: int) -> dict[str, int]:
    """A bound on the answer's tokens, where the model has one to set."""
    return (
        {"max_tokens": MOST_THOUGHT if _reasons(model) else tokens} if "max_tokens" in type(model).model_fields else {}
    )


def _reasons(model: BaseChatModel) -> bool:
    return re.match(r"o\d|gpt-[5-9](?!.*chat)", str(getattr(model, "model_name", ""))) is not None


def _ending(spoken_text: str, briefing: Briefing) -> str:
    """What the reply still lacks."""
    if not briefing.question:
        return "" if spoken_text.strip() else words_of(briefing.language).say(_WRITING_NOW)
    if not spoken_text.strip():
        return briefing.question
    return "" if _ASKS.search(spoken_text) else f"\n\n{briefing.question}"
