"""Leases: a running turn is renewed by its server, and taken over when that server died."""

from dataclasses import dataclass
from typing import Any

from state.identity import Ticket
from state.records.database import Database, Transaction
from state.records.turns.accept import LEASE_SECONDS


@dataclass(frozen=True, slots=True)
class Orphan:
    """A turn whose server died, now ours."""

    tenant_id: str
    session_id: str
    turn_id: str
    fence: int
    attempt: int
    input: dict[str, Any]

    def ticket(self) -> Ticket:
        """The right to run it again."""
        return Ticket(
            tenant_id=self.tenant_id,
            session_id=self.session_id,
            turn_id=self.turn_id,
            fence=self.fence,
            attempt=self.attempt,
        )


async def renew_lease(tx: Transaction, ticket: Ticket) -> bool:
    """Whether the turn is still ours, for another lease."""
    renewed = await tx.run(
        "renew_lease",
        session_id=ticket["session_id"],
        id=ticket["turn_id"],
        fence=ticket["fence"],
        lease=LEASE_SECONDS,
    )
    return renewed == 1


async def take_over(database: Database, owner: str) -> Orphan | None:
    """One turn whose lease is over, under a new fencing number."""
    async with database.system() as tx:
        return await tx.first(Orphan, "take_over_turn", owner=owner, lease=LEASE_SECONDS)
