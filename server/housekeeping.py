"""What a server does beside its requests: indexes for companies that have become large, and erasing what is over."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import psycopg

from retrievers.indexes import index_large_companies
from state.records.database import Database, DatabaseUnavailable
from state.records.sessions.sessions import purge_expired

log = logging.getLogger("petraf")

LOOK_SECONDS = 60.0
PURGE_SECONDS = 3600.0
PURGED_AFTER = timedelta(days=1)
"""How long a session is kept that is over, so that who comes back is told so."""


@asynccontextmanager
async def housekeeping(database: Database, owner_url: str, secret: str) -> AsyncIterator[None]:
    """Does both again and again while it is open; of two servers at once, one does it and the other finds it done."""

    async def index() -> None:
        await index_large_companies(database, owner_url)

    async def purge() -> None:
        if erased := await purge_expired(database, secret, over_for=PURGED_AFTER):
            log.info("%d sessions were erased, whose time was over", erased)

    works = ((index, LOOK_SECONDS, "building a large company's index"), (purge, PURGE_SECONDS, "erasing old sessions"))
    tasks = [asyncio.create_task(_again_and_again(*work)) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _again_and_again(work: Callable[[], Awaitable[None]], seconds: float, what: str) -> None:
    while True:
        try:
            await work()
        except (DatabaseUnavailable, psycopg.Error) as error:
            log.warning("%s failed (%s); trying again", what, type(error).__name__)
        await asyncio.sleep(seconds)
