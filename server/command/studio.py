"""The factory that langgraph.json names: opens this installation's database and serves the demo company's graph."""

import asyncio
import atexit
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from functools import cache

from graph.conversation import Graph
from graph.studio import LOOPBACK, NotLoopback
from graph.studio import goal_setting as graph_of
from server.command import start
from server.settings import Settings, read_settings


def check_host(arguments: list[str]) -> None:
    """Raise NotLoopback when `langgraph dev` was told to listen to other machines, or to open a tunnel to them."""
    for flag, value in zip(arguments, [*arguments[1:], ""], strict=True):
        name, _, inline = flag.partition("=")
        if (name == "--host" and (inline or value) not in LOOPBACK) or name == "--tunnel":
            raise NotLoopback


check_host(sys.argv)


@asynccontextmanager
async def goal_setting() -> AsyncIterator[Graph]:
    """The conversation for the demo company; Studio adds its own checkpointer."""
    settings, url = await asyncio.to_thread(prepared)
    async with graph_of(url, start.DEMO_SLUG, settings.embeddings, settings.coach_name) as graph:
        yield graph


@cache
def prepared() -> tuple[Settings, str]:
    """The database with the demo company in it, opened once for each process; blocking, so call it in a thread."""
    settings = read_settings()
    stack = ExitStack()
    atexit.register(stack.close)
    url = stack.enter_context(start.database_url(settings))
    start.migrate(settings, url)
    asyncio.run(start.ensure_demo(settings, url))
    return settings, url
