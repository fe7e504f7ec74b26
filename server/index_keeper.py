"""Gives companies whose corpus has become large indexes of their own, in the background: only the tables' owner may."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg

from retrievers.indexes import index_large_companies
from state.records.database import Database, DatabaseUnavailable

log = logging.getLogger("petraf")

LOOK_SECONDS = 60.0


@asynccontextmanager
async def index_keeper(database: Database, owner_url: str) -> AsyncIterator[None]:
    """Looks every minute while it is open; two servers that look at once build an index once."""
    task = asyncio.create_task(_keep(database, owner_url))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _keep(database: Database, owner_url: str) -> None:
    while True:
        try:
            await index_large_companies(database, owner_url)
        except (DatabaseUnavailable, psycopg.Error) as error:
            log.warning("an index for a large company could not be built (%s); trying again", type(error).__name__)
        await asyncio.sleep(LOOK_SECONDS)
