"""A server process of its own for tests: `python -m tests.server.replica <database url> <port> <seconds between pieces>`.

Its coach is a fake: the rule coach at the given pace. With a pace of an hour it stops after a few pieces, to be killed.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import uvicorn

import graph.tools
from nodes.coach import Briefing, Chunk
from nodes.rules.coach import RuleCoach
from server.app import create_app
from server.settings import Settings
from tests.server.conftest import SECRET
from tests.server.held import PIECES_BEFORE, word_by_word


class PacedCoach(RuleCoach):
    """Replies like the rule coach, slowly."""

    seconds = 0.0

    async def reply(self, briefing: Briefing) -> AsyncIterator[Chunk]:
        """The first pieces at once, the others each after a while."""
        number = 0
        async for chunk in word_by_word(super().reply(briefing)):
            number += 1
            if number > PIECES_BEFORE:
                await asyncio.sleep(self.seconds)
            yield chunk


def main(url: str, port: str, seconds: str) -> None:
    """Serve until killed."""
    PacedCoach.seconds = float(seconds)
    setattr(graph.tools, "RuleCoach", PacedCoach)  # noqa: B010
    serve(url, int(port))


def serve(url: str, port: int) -> None:
    """The server as it is by now, until it is killed."""
    settings = Settings(
        data_dir=Path("/nonexistent"),
        secret_key=SECRET,
        chat_model="rules",
        database_url=None,
        openai_api_key=None,
        openai_base_url=None,
    )
    uvicorn.run(create_app(settings, url), host="127.0.0.1", port=port, log_level="error")


if __name__ == "__main__":
    main(*sys.argv[1:])
