"""Who asks. Made once at the edge, never from a body, a model's arguments or the environment."""

from dataclasses import dataclass
from typing import NewType
from uuid import UUID

from typing_extensions import TypedDict

TenantId = NewType("TenantId", UUID)
"""A tenant that was proven to exist and be active. Only `proven_tenant` makes one."""


def proven_tenant(tenant_id: UUID | str) -> TenantId:
    """Call it with an id that the database or a verified credential just gave, never with a client's word."""
    return TenantId(tenant_id if isinstance(tenant_id, UUID) else UUID(tenant_id))


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom the audit names: what the request told about itself."""

    actor: str
    ip: str | None = None
    user_agent: str | None = None


class Ticket(TypedDict):
    """An accepted turn: the right to run it once. Plain values, so that a checkpoint can hold it."""

    tenant_id: str
    session_id: str
    turn_id: str
    fence: int
    """Grows whenever another server takes the turn over; records are only written under the newest."""
    attempt: int
