"""A real server on a free port for every test, and a company to talk to."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
import uvicorn

from server.app import create_app
from server.settings import Settings
from state.records.companies.tenants import NewTenant, add_key, seed_tenant
from state.records.database import Database
from state.records.rows import TenantRow
from tests.server.client import Company
from tests.server.documents.held_library import HeldEmbeddings, builder
from tests.server.held import HeldCoach

SECRET = "a secret for tests that is long enough"
Serve = Callable[..., AbstractAsyncContextManager[str]]
Advance = Callable[[float], None]
Named = tuple[TenantRow, str]
"""A company and its admin key."""


@asynccontextmanager
async def served(settings: Settings, url: str) -> AsyncIterator[str]:
    """The address of a server that runs in this event loop."""
    server = uvicorn.Server(uvicorn.Config(create_app(settings, url), log_level="error", lifespan="on"))
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        task = asyncio.create_task(server.serve([listening]))
        while not server.started:
            if task.done():
                task.result()
            await asyncio.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task


@asynccontextmanager
async def on(address: str, company: Named) -> AsyncIterator[Company]:
    """The company on the server at an address."""
    async with httpx.AsyncClient(base_url=address, timeout=60) as http:
        yield Company(http, str(company[0].id), company[1])


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a test server, whatever the machine's environment says."""
    return Settings(
        data_dir=tmp_path,
        secret_key=SECRET,
        chat_model="rules",
        database_url=None,
        openai_api_key=None,
        openai_base_url=None,
    )


@pytest.fixture
def let_go(monkeypatch: pytest.MonkeyPatch) -> Iterator[asyncio.Event]:
    """Every server of the test has a held coach; setting the event frees it."""
    event = asyncio.Event()
    monkeypatch.setattr(HeldCoach, "let_go", event, raising=False)
    monkeypatch.setattr("graph.tools.RuleCoach", HeldCoach)
    yield event
    event.set()


@pytest.fixture
def let_documents_go(monkeypatch: pytest.MonkeyPatch) -> Iterator[asyncio.Event]:
    """Documents of servers that start from here on wait for their vectors until this is set."""
    event = asyncio.Event()
    monkeypatch.setattr("server.documents.library.build_embeddings", builder(HeldEmbeddings(event)))
    yield event
    event.set()


@pytest.fixture
def advance(monkeypatch: pytest.MonkeyPatch) -> Advance:
    """Stops the clock of the limits and moves it on."""
    at = [1_000_000.0]
    monkeypatch.setattr("limits.aio.storage.memory.time", SimpleNamespace(time=lambda: at[0]))

    def move(seconds: float) -> None:
        at[0] += seconds

    return move


@pytest.fixture
async def company(database: Database) -> Named:
    """A company and its admin key."""
    return await seed_tenant(
        database, NewTenant(slug="acme", name="Acme Works", domain="acme.example", admin_email="hr@acme.example")
    )


@pytest.fixture
async def acme(settings: Settings, database_url: str, company: Named) -> AsyncIterator[Company]:
    """The company over HTTP."""
    async with served(settings, database_url) as address, on(address, company) as named:
        yield named


@pytest.fixture
async def globex(acme: Company, database: Database) -> Company:
    """Another company on the same server."""
    row, key = await seed_tenant(
        database, NewTenant(slug="globex", name="Globex", domain="globex.example", admin_email="hr@globex.example")
    )
    return Company(acme.http, str(row.id), key)


@pytest.fixture
async def system_key(database: Database) -> str:
    """A key that sees every company."""
    async with database.system() as tx:
        await add_key(tx, None, "system_key_for_tests", "root@petraf.example")
    return "system_key_for_tests"
