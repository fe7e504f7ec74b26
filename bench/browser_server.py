"""The server of the browser's benchmark: `python -m bench.browser_server <database url> <port> <secret's folder>`.

Its coach is a fake at the edge of the process: it says 2,000 pieces as fast as they are taken. Beside Petraf's pages it serves an
empty one, the floor.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import uvicorn
from fastapi.responses import HTMLResponse

import graph.tools
from nodes.coach import Briefing, Chunk
from nodes.rules.coach import RuleCoach
from server.app import create_app
from tests.browser.server import settings_for

CHUNKS = 2_000
WORDS_OF_A_PARAGRAPH = 40
EMPTY = "/bench/empty"
LAST = "That was all."


class TalkativeCoach(RuleCoach):
    """Says a long reply at once."""

    async def reply(self, briefing: Briefing) -> AsyncIterator[Chunk]:
        """2,000 pieces, a word each."""
        for number in range(1, CHUNKS):
            yield Chunk(f"word{number}" + ("\n\n" if number % WORDS_OF_A_PARAGRAPH == 0 else " "))
            await asyncio.sleep(0)
        yield Chunk(LAST)


async def empty() -> HTMLResponse:
    """A page of one word."""
    return HTMLResponse(
        "<!doctype html><html lang=en><title>Empty</title><link rel=icon href=data:,><p>Empty.</p></html>"
    )


def main(url: str, port: str, folder: str) -> None:
    """Serve until killed."""
    setattr(graph.tools, "RuleCoach", TalkativeCoach)  # noqa: B010
    app = create_app(settings_for(Path(folder)), url)
    app.add_api_route(EMPTY, empty)
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="error")


if __name__ == "__main__":
    main(*sys.argv[1:])
