"""The factory that langgraph.json names: opens this installation's database and serves the demo company's graph."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from graph.conversation import Graph
from graph.studio import LOOPBACK, NotLoopback
from graph.studio import goal_setting as graph_of
from server import start
from server.settings import read_settings


def check_host(arguments: list[str]) -> None:
    """Raise NotLoopback when `langgraph dev` was told to listen to other machines."""
    for flag, value in zip(arguments, [*arguments[1:], ""], strict=True):
        name, _, inline = flag.partition("=")
        if name == "--host" and (inline or value) not in LOOPBACK:
            raise NotLoopback


check_host(sys.argv)
if "--tunnel" in sys.argv:
    raise NotLoopback


@asynccontextmanager
async def goal_setting() -> AsyncIterator[Graph]:
    """The conversation for the demo company; Studio adds its own checkpointer."""
    settings = read_settings()
    with start.database_url(settings) as url:
        await asyncio.to_thread(start.migrate, settings, url)
        await start.ensure_demo(settings, url)
        async with graph_of(url, start.DEMO_SLUG, settings.embeddings, settings.coach_name) as graph:
            yield graph
