"""The application: one lifespan that opens everything, the routes, and what every answer carries."""

import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI

from graph.checkpoints import TenantSaver
from graph.conversation import build_graph
from graph.tools import build_tools, open_coaches
from server.companies import admin_routes as admin
from server.companies import audit_routes as audit
from server.companies import config_routes as config
from server.companies import erasure_routes as erasure
from server.companies import routes as tenant
from server.companies import statistics_routes as stats
from server.companies.trials import Trials
from server.documents import job_routes as jobs
from server.documents import routes as documents
from server.documents.jobs import JobRunner
from server.documents.library import company_library
from server.exports import routes as exports
from server.housekeeping import housekeeping
from server.http import routes as health
from server.http.docs import docs_router
from server.http.errors import REFUSED, install_handlers
from server.http.held import hold
from server.http.middleware import Edge
from server.http.pages import web_router
from server.identity import key_routes as admin_keys
from server.identity import routes as admin_login
from server.identity.proofs import Identity
from server.sessions import admin_routes as admin_sessions
from server.sessions import fact_routes as facts
from server.sessions import goal_routes as goals
from server.sessions import routes as session
from server.sessions import share_routes as shares
from server.settings import Settings
from server.turns import routes as chat
from server.turns.langserve import graph_router
from server.turns.runner import TurnRunner
from state.records.database import Database

log = logging.getLogger("petraf")


def create_app(settings: Settings, database_url: str) -> FastAPI:
    """The application over a migrated database at `database_url`."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            await _open(stack, app, settings, database_url)
            yield

    app = FastAPI(title="Petraf", version="1.0.0", lifespan=lifespan, docs_url=None, redoc_url=None, responses=REFUSED)
    install_handlers(app)
    app.add_middleware(Edge)
    for module in (
        health,
        tenant,
        session,
        shares,
        chat,
        goals,
        exports,
        facts,
        admin_login,
        admin,
        stats,
        config,
        audit,
        admin_keys,
        admin_sessions,
        erasure,
        documents,
        jobs,
    ):
        app.include_router(module.router)
    app.include_router(web_router())
    app.include_router(docs_router())
    return app


async def _open(stack: AsyncExitStack, app: FastAPI, settings: Settings, database_url: str) -> None:
    """Open everything a server holds; `stack` closes it again, the jobs and turns in hand first."""
    if settings.session_auth == "id":
        log.warning("PETRAF_SESSION_AUTH=id: anyone who knows a session's id may use it; not for real data")
    app_url, secret = settings.app_database_url or database_url, settings.secret()
    database = await stack.enter_async_context(Database.connect(app_url))
    library = company_library(settings, database)
    await stack.enter_async_context(housekeeping(database, database_url, secret))
    coaches = open_coaches(settings.coach_name, settings.api_key(), settings.openai_base_url)
    coach = await stack.enter_async_context(coaches)
    saver = TenantSaver(database)
    graph = build_graph(build_tools(database, library, coach, finish=saver.finish), saver)
    runner = await stack.enter_async_context(TurnRunner.start(graph, database, app_url))
    jobs = await stack.enter_async_context(JobRunner.start(library))
    identity = Identity(database, secret, settings.session_auth, settings.default_tenant, settings.cookie_secure)
    hold(app, settings, database, identity, library, runner, jobs, Trials())
    app.include_router(graph_router(runner))
