"""What happened in a session, turn by turn, without anything that was said: for admins who look for a fault."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from typing_extensions import TypedDict

from state.conversation import Usage
from state.identity import TenantId, proven_tenant
from state.records.database import Transaction
from state.records.sessions.sessions import SessionNotFound


class StepOutline(TypedDict):
    """A step that was completed."""

    step: str
    latency_ms: int
    tokens_used: Usage


@dataclass(frozen=True, slots=True)
class TurnOutline:
    """One turn: its steps as far as it came, its score and its error's code where it has one."""

    turn_id: str
    phase: str
    step: str
    status: str
    attempt: int
    created_at: datetime
    duration_ms: int | None
    """None while it runs."""
    steps: list[StepOutline]
    score: float | None
    error: str | None


async def tenant_of_session(tx: Transaction, session_id: str) -> TenantId:
    """Whose session it is, of those that the transaction sees. Raises SessionNotFound."""
    tenant_id: UUID | None = await tx.value("tenant_of_session", id=session_id)
    if tenant_id is None:
        raise SessionNotFound
    return proven_tenant(tenant_id)


async def timeline(tx: Transaction, session_id: str) -> list[TurnOutline]:
    """The session's turns, oldest first."""
    return await tx.all(TurnOutline, "timeline", session_id=session_id)
