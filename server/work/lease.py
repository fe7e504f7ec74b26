"""The lease of a turn: its heartbeat while it runs here, and the turns whose server's heart stopped."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator

import psycopg

from state.identity import Ticket, proven_tenant
from state.records.database import Database, DatabaseUnavailable
from state.records.turns.accept import LEASE_SECONDS
from state.records.turns.leases import Orphan, renew_lease, take_over

log = logging.getLogger("petraf")

SWEEP_SECONDS = 2.0
"""How long a turn lies at most after its lease has run out."""


async def keep(database: Database, ticket: Ticket, work: asyncio.Task[None]) -> None:
    """Renew the lease three times as often as it runs out, and stop the work once it is somebody else's."""
    while True:
        await asyncio.sleep(LEASE_SECONDS / 3)
        with contextlib.suppress(DatabaseUnavailable):
            async with database.tenant(proven_tenant(ticket["tenant_id"])) as tx:
                ours = await renew_lease(tx, ticket)
            if not ours:
                work.cancel()
                return


async def orphans(database: Database, owner: str) -> AsyncGenerator[Orphan, None]:
    """Turns of dead servers as they are found, each ours from then on."""
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        try:
            while (orphan := await take_over(database, owner)) is not None:
                log.warning("taking over turn %s, attempt %d", orphan.turn_id, orphan.attempt)
                yield orphan
        except (DatabaseUnavailable, psycopg.Error) as error:
            log.warning("looking for turns of dead servers failed (%s); trying again", type(error).__name__)
