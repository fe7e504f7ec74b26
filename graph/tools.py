"""Puts the nodes' tools together: which coach, which documents, which right to run."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from langchain_core.runnables import RunnableConfig

from nodes.coach import Coach
from nodes.rules.coach import RuleCoach
from nodes.tools import Finder, Tools, tenant_of
from retrievers.library import Library
from retrievers.search import CompanyRetriever
from state.conversation import ConversationState
from state.identity import TenantId, Ticket
from state.records.database import Database
from state.records.turns.outcomes import Outcome, finish_turn

if TYPE_CHECKING:
    from nodes.llm.coach import LLMCoach

RULES = "rules"
Admit = Callable[[ConversationState, RunnableConfig], Awaitable[Ticket]]
Finish = Callable[[Ticket, Outcome], Awaitable[None]]


async def admitted(state: ConversationState, config: RunnableConfig) -> Ticket:
    """The ticket that the turn runner put into the run's configuration."""
    ticket: Ticket = config["configurable"]["ticket"]
    return ticket


def coach_name(deployment: str, llm_model: str | None) -> str:
    """Which coach answers at a company: `rules`, or the name of a model. A deployment on `rules` has no model to offer."""
    return RULES if RULES in (deployment, llm_model) else llm_model or deployment


@asynccontextmanager
async def open_coaches(
    deployment: str, api_key: str | None, base_url: str | None
) -> AsyncIterator[Callable[[str | None], Coach]]:
    """The coach of a tenant's `llm_model`; each model's connections are kept, and closed with the context."""
    models: dict[str, LLMCoach] = {}

    def choose(llm_model: str | None) -> Coach:
        name = coach_name(deployment, llm_model)
        if name == RULES:
            return RuleCoach()
        if name not in models:
            from nodes.llm.coach import build_llm_coach  # and what it calls models with: 20 MB that rules don't need
            from nodes.rules.adviser import RuleAdviser

            models[name] = build_llm_coach(name, RuleAdviser(), api_key=api_key, base_url=base_url)
        return models[name]

    if deployment != RULES:
        choose(None)  # now, not while the first employee waits
    try:
        yield choose
    finally:
        for coach in models.values():
            await coach.aclose()


def build_tools(
    database: Database,
    library: Library,
    coach: Callable[[str | None], Coach],
    admit: Admit = admitted,
    finish: Finish | None = None,
) -> Tools:
    """The tools of a server, over one database and one library. Without `finish` a turn's records are written at once."""

    def finder(tenant: TenantId, categories: Sequence[str]) -> Finder:
        return CompanyRetriever(tenant=tenant, library=library, categories=tuple(categories))

    async def finish_now(ticket: Ticket, outcome: Outcome) -> None:
        async with database.tenant(tenant_of(ticket)) as tx:
            await finish_turn(tx, ticket, outcome)

    return Tools(database=database, coach=coach, finder=finder, admit=admit, finish=finish or finish_now)
