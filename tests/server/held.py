"""A fake coach for tests of running turns: the rule coach, but it stops in the middle of its reply until it is let go."""

import asyncio
import re
from collections.abc import AsyncIterator

from nodes.coach import Briefing, Chunk
from nodes.rules.coach import RuleCoach

PIECES_BEFORE = 3
"""Pieces of the reply that come before the coach is held."""


async def word_by_word(chunks: AsyncIterator[Chunk]) -> AsyncIterator[Chunk]:
    """The same text in pieces of a word, as a language model speaks."""
    async for chunk in chunks:
        for word in re.findall(r"\s*\S+\s*?(?=\s|$)|\s+$", chunk.text):
            yield Chunk(word)


class HeldCoach(RuleCoach):
    """Replies like the rule coach, word by word; `let_go` (one for all instances) frees the rest of the reply."""

    let_go: asyncio.Event

    async def reply(self, briefing: Briefing) -> AsyncIterator[Chunk]:
        """The first pieces at once, the others when let go."""
        number = 0
        async for chunk in word_by_word(super().reply(briefing)):
            number += 1
            if number > PIECES_BEFORE:
                await type(self).let_go.wait()
            yield chunk


class BrokenCoach(RuleCoach):
    """Breaks in the middle of its reply, once for every `times`."""

    times = 1

    async def reply(self, briefing: Briefing) -> AsyncIterator[Chunk]:
        """One piece, then an exception that holds what the employee wrote."""
        async for chunk in word_by_word(super().reply(briefing)):
            yield chunk
            if type(self).times > 0:
                type(self).times -= 1
                raise RuntimeError(f"broke on {briefing.said[-1]}")
