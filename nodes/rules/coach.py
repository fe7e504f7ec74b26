"""The coach that needs no model: it reads by rules, asks for what is missing and composes goals from what was said.

Reading a long conversation takes a while, so it is done in a thread: other people's turns go on.
"""

from asyncio import to_thread
from collections.abc import AsyncIterator

from nodes.coach import Briefing, Chunk, Exam, Judged, Refined
from nodes.rules.adviser import RuleAdviser
from nodes.rules.compose import compose
from nodes.rules.judge import MODEL, PROMPT_VERSION, judge
from nodes.rules.replies import compose_reply


class RuleCoach(RuleAdviser):
    """A `Coach` of rules; it is never unavailable."""

    @property
    def model(self) -> str:
        """`rules`."""
        return MODEL

    @property
    def prompt_version(self) -> str:
        """Version of the rules."""
        return PROMPT_VERSION

    @property
    def english_only(self) -> bool:
        """The rules read no other language."""
        return True

    async def reply(self, briefing: Briefing) -> AsyncIterator[Chunk]:
        """What was understood, a fitting company sentence, and the gap's question."""
        yield Chunk(await to_thread(compose_reply, briefing))

    async def refine(self, briefing: Briefing) -> Refined:
        """One goal from what was said."""
        return Refined(await to_thread(compose, briefing))

    async def judge(self, exam: Exam) -> Judged:
        """Levels by evidence."""
        return Judged(await to_thread(judge, exam))
