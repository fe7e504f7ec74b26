"""What the nodes are given: the database, the coaches, the retriever and who admits turns. Nothing is looked up globally."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from langchain_core.runnables import RunnableConfig

from nodes.coach import Coach
from state.conversation import ConversationState, Passage
from state.identity import TenantId, Ticket, proven_tenant
from state.records.database import Database
from state.records.turns.outcomes import Outcome


class Finder(Protocol):
    """A retriever bound to one tenant."""

    async def passages(self, query: str) -> tuple[Passage, ...]:
        """The company's passages that fit `query`, best first; empty when none does."""


@dataclass(frozen=True, slots=True)
class Tools:
    """Everything a node may use besides its state."""

    database: Database
    coach: Callable[[str | None], Coach]
    """The coach for a tenant's `llm_model`; None is the deployment's."""
    finder: Callable[[TenantId, Sequence[str]], Finder]
    """The retriever of a tenant with the categories that rank first."""
    admit: Callable[[ConversationState, RunnableConfig], Awaitable[Ticket]]
    """Gives the accepted turn that this run is for."""
    finish: Callable[[Ticket, Outcome], Awaitable[None]]
    """Writes what a turn leaves behind, at once or with the turn's checkpoint. Raises TurnLost, now or then."""


def tenant_of(ticket: Ticket) -> TenantId:
    """The tenant a ticket was issued for."""
    return proven_tenant(ticket["tenant_id"])


async def find_passages(state: ConversationState, tools: Tools, query: str) -> tuple[Passage, ...]:
    """The company's passages for `query`; none when the tenant turned retrieval off or nothing was asked."""
    brief = state["brief"]
    if not brief["rag_enabled"] or not query.strip():
        return ()
    return await tools.finder(tenant_of(state["turn"]), brief["categories"]).passages(query)
