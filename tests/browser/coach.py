"""A fake coach that a test directs: the rule coach at a pace, held in the middle of a reply, with words of the test's own."""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from nodes.coach import Briefing, Chunk, Exam, Judged, Refined
from nodes.rules.coach import RuleCoach
from state.conversation import Draft, Proposal
from tests.server.held import PIECES_BEFORE, word_by_word

LOOK_SECONDS = 0.02


def _open() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


@dataclass
class Direction:
    """What the coach does in the running test."""

    pace: float = 0.0
    """Seconds between two pieces."""
    gate: threading.Event = field(default_factory=_open)
    """While it is closed, a reply stops after its first pieces."""
    words: Sequence[str] = ()
    """Said instead of the rules' reply, piece by piece."""
    breaks: int = 0
    """How many replies break after their first piece."""
    judging_breaks: int = 0
    """How many goals break once they are written."""
    proposals: Sequence[str] = ()
    """Phrases of a refined goal that are marked as proposals, as a language model's own ideas would be."""

    def hold(self) -> None:
        """Stop replies in the middle."""
        self.gate.clear()

    def let_go(self) -> None:
        """Let them go on."""
        self.gate.set()


class DirectedCoach(RuleCoach):
    """Replies as `direction` says."""

    direction: ClassVar[Direction] = Direction()

    async def reply(self, briefing: Briefing) -> AsyncIterator[Chunk]:
        """The pieces, each after what its number asks for."""
        number = 0
        async for chunk in self._pieces(briefing):
            number += 1
            if number > PIECES_BEFORE:
                await self._wait()
            yield chunk
            if self.direction.breaks > 0:
                self.direction.breaks -= 1
                raise RuntimeError("a coach that breaks on purpose")

    async def refine(self, briefing: Briefing) -> Refined:
        """The rules' goal with its proposals."""
        refined = await super().refine(briefing)
        text = refined.draft["text"]
        found = [phrase for phrase in self.direction.proposals if phrase in text and phrase not in briefing.struck]
        proposals = [_proposal(text, phrase, number) for number, phrase in enumerate(found, 1)]
        return Refined(Draft({**refined.draft, "proposals": proposals}))

    async def judge(self, exam: Exam) -> Judged:
        """The rules' judgement."""
        if self.direction.judging_breaks > 0:
            self.direction.judging_breaks -= 1
            raise RuntimeError("a judge that breaks on purpose")
        return await super().judge(exam)

    async def _pieces(self, briefing: Briefing) -> AsyncIterator[Chunk]:
        if self.direction.words:
            for word in self.direction.words:
                yield Chunk(word)
            return
        async for chunk in word_by_word(super().reply(briefing)):
            yield chunk

    async def _wait(self) -> None:
        if self.direction.pace:
            await asyncio.sleep(self.direction.pace)
        while not self.direction.gate.is_set():  # noqa: ASYNC110 (the gate is of another thread)
            await asyncio.sleep(LOOK_SECONDS)


def _proposal(text: str, phrase: str, number: int) -> Proposal:
    start = text.index(phrase)
    return Proposal(
        id=f"p{number}", text=phrase, start=start, end=start + len(phrase), reason="You did not say this yourself."
    )
