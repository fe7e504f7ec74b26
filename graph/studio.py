"""LangGraph Studio: the same graph for the demo company, on loopback only. Each Studio thread is a session of its own."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from langchain_core.runnables import RunnableConfig
from ulid import ULID

from graph.conversation import Graph, build_graph
from graph.tools import build_tools, open_coaches
from retrievers.embeddings import build_embeddings
from retrievers.library import Library
from state.clock import now
from state.conversation import ConversationState, Profile
from state.errors import PetrafError
from state.identity import Caller, Ticket, proven_tenant
from state.phases import GOAL_PHASES, Phase
from state.records.companies.tenants import TenantNotFound, hash_key, tenant_by_slug
from state.records.database import Database
from state.records.rows import TenantRow
from state.records.sessions.sessions import NewSession, create_session, get_conversation, get_session, save_info
from state.records.turns.accept import TurnRequest, accept_turn

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
DAYS = 14


class NotLoopback(PetrafError):
    """Studio runs without a login, so it starts on this machine's own address only. Leave --host out."""

    code = "STUDIO_NOT_LOOPBACK"


@dataclass(slots=True)
class Studio:
    """Admits Studio's runs: a session for each thread, made at its first message."""

    database: Database
    tenant: TenantRow

    async def admit(self, state: ConversationState, config: RunnableConfig) -> Ticket:
        """Accept the turn that was typed into Studio."""
        known = state.get("turn")
        session_id = known["session_id"] if known else await self._session()
        tenant = proven_tenant(self.tenant.id)
        async with self.database.tenant(tenant) as tx:
            at = await get_conversation(tx, session_id)
            phase = Phase(state.get("phase") or at.phase)
            step = "refine" if state.get("step") == "refine" else "collect"
            request = TurnRequest(
                phase if phase in GOAL_PHASES else Phase.G8_ACTIONS,
                step,  # type: ignore[arg-type]
                state.get("message") or "",
                strike=tuple(state.get("strike") or ()),
                confirm=bool(state.get("confirm")),
            )
            return (await accept_turn(tx, await get_session(tx, session_id), request, "studio")).ticket

    async def _session(self) -> str:
        session_id = str(ULID())
        async with self.database.tenant(proven_tenant(self.tenant.id)) as tx:
            expires = now() + timedelta(days=DAYS)
            new = NewSession(
                session_id, hash_key(session_id), expires, {"source": "studio"}, None, None, admins_may_read=False
            )
            await create_session(tx, new, Caller("studio"))
            profile: Profile = {"name": "Studio", "position": "Software Engineer"}
            await save_info(tx, await get_session(tx, session_id), profile, Caller("studio"))
        return session_id


@asynccontextmanager
async def goal_setting(url: str, slug: str, embeddings: str, coach: str) -> AsyncIterator[Graph]:
    """The graph over a migrated database, for one company."""
    async with Database.connect(url, pool_size=5) as database:
        tenant = await tenant_by_slug(database, slug)
        if tenant is None:
            raise TenantNotFound(f"No company {slug}. Run `make run` once; it sets up the demo company.")
        api_key, base_url = os.environ.get("OPENAI_API_KEY"), os.environ.get("OPENAI_BASE_URL")
        model = build_embeddings(embeddings, api_key=api_key, base_url=base_url)
        async with open_coaches(coach, api_key, base_url) as choose:
            yield build_graph(build_tools(database, Library(database, model), choose, Studio(database, tenant).admit))
