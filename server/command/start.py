"""Starting: settings, the database (embedded or yours), migrations, the demo company, then the server."""

import asyncio
import contextlib
import logging
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from uuid import UUID

import uvicorn
from psycopg.errors import InsufficientPrivilege
from sqlalchemy.exc import OperationalError

from migrations.apply import upgrade
from retrievers.ingest import Upload, ingest
from server.app import create_app
from server.demo import DEMO_CONFIG, DEMO_DOCUMENTS
from server.documents.library import company_library, embedding_model
from server.http.sse import end_streams
from server.settings import Settings, kept_secret
from state.errors import PetrafError
from state.identity import Caller, proven_tenant
from state.records.companies.tenants import NewTenant, new_key, seed_tenant, tenant_by_slug
from state.records.database import Database, Transaction
from state.records.documents.documents import Document, audit_document, list_documents
from state.records.embedded import LOCATION, embedded_postgres
from state.records.rows import TenantRow

DEMO_ID = UUID("550e8400-e29b-41d4-a716-446655440000")
DEMO_SLUG = "sunrise-corp"
DEMO_ADMIN = "john.davis@sunrisecorp.com"


class DatabaseAway(PetrafError):
    """PETRAF_DATABASE_URL: nobody answers there, or the login is refused. Check the address, or leave it out for the
    embedded server."""

    code = "DATABASE_UNAVAILABLE"


class OwnerNeedsRights(PetrafError):
    """PETRAF_DATABASE_URL: this login may not set the database up ({reason}). As a superuser run there, once: create extension
    vector; create role petraf_app; create role petraf_system; grant petraf_app, petraf_system to the login with admin option;
    and make the login the database's owner."""

    code = "OWNER_NEEDS_RIGHTS"


class PortBusy(PetrafError):
    """Port {port} on {host} is in use by another program. Stop that program, or choose another port with PORT=…"""

    code = "PORT_BUSY"


@contextmanager
def database_url(settings: Settings) -> Iterator[str]:
    """The owner's address of the database: yours, or the embedded one while this process lives."""
    if settings.database_url:
        yield settings.database_url
        return
    with embedded_postgres(settings.data_dir) as url:
        yield url


def migrate(settings: Settings, url: str) -> None:
    """Bring the database up to date."""
    model = embedding_model(settings)
    try:
        with _without_notices():
            upgrade(url, model.name, model.dimensions)
    except OperationalError:
        raise DatabaseAway from None
    except InsufficientPrivilege as error:
        raise OwnerNeedsRights(reason=str(error).splitlines()[0]) from None


@contextmanager
def _without_notices() -> Iterator[None]:
    logger = logging.getLogger("alembic")
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)


async def ensure_demo(settings: Settings, url: str) -> TenantRow:
    """The demo company with its documents; what is there already stays as it is."""
    key_file = settings.data_dir / "demo_admin_key"
    async with Database.connect(url, pool_size=4) as database:
        tenant = await tenant_by_slug(database, DEMO_SLUG)
        if tenant is None:
            new = NewTenant(
                slug=DEMO_SLUG,
                name="Sunrise Corporation",
                domain="sunrise.petraf.com",
                admin_email=DEMO_ADMIN,
                id=DEMO_ID,
                contact_name="John Davis",
                config=DEMO_CONFIG,
                admin_key=await asyncio.to_thread(kept_secret, key_file, new_key("sunrise")),
            )
            tenant, _ = await seed_tenant(database, new)
        await _ensure_documents(settings, database, tenant)
    return tenant


async def _ensure_documents(settings: Settings, database: Database, row: TenantRow) -> None:
    tenant = proven_tenant(row.id)
    async with database.tenant(tenant) as tx:
        present = {document.filename for document in await list_documents(tx)}
    missing = [demo for demo in DEMO_DOCUMENTS if demo.path.name not in present]
    if not missing:
        return
    library = company_library(settings, database)

    async def audited(tx: Transaction, document: Document) -> None:
        await audit_document(tx, Caller(DEMO_ADMIN), "uploaded", document)

    for number, demo in enumerate(missing, 1):
        say(f"Reading the demo company's documents {number}/{len(missing)}: {demo.path.name}")
        upload = Upload(
            demo.path.name, await asyncio.to_thread(demo.path.read_bytes), demo.category, dict(demo.metadata)
        )
        await ingest(library, tenant, upload, DEMO_ADMIN, record=audited)


def say(line: str) -> None:
    """One line for the person at the terminal."""
    print(line, file=sys.stderr, flush=True)


def check_port(settings: Settings) -> None:
    """Raise PortBusy before anything is started."""
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            raise PortBusy(port=settings.port, host=settings.host) from None


def stop_on_sigterm() -> None:
    """Make SIGTERM leave through the same clean-up as Ctrl-C."""

    def leave(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)


class _Server(uvicorn.Server):
    """Says that it is ready once it really is."""

    def __init__(self, config: uvicorn.Config, when_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._when_ready = when_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._when_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        end_streams()
        await super().shutdown(sockets)


def run_server(settings: Settings, url: str, when_ready: Callable[[], None]) -> None:
    """Serve until stopped."""
    config = uvicorn.Config(
        create_app(settings, url),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        timeout_graceful_shutdown=10,
        server_header=False,
    )
    with contextlib.suppress(KeyboardInterrupt):
        _Server(config, when_ready).run()


def announce(settings: Settings, tenant: TenantRow | None) -> None:
    """Where the page is and, with the demo company, its id and the key of its admin."""
    address = f"http://{settings.host}:{settings.port}"
    say(f"\nPetraf is ready.\n  Page       {address}/\n  Console    {address}/admin\n  API        {address}/docs")
    elsewhere = settings.data_dir / LOCATION
    if elsewhere.exists() and not settings.database_url:
        say(f"  Database   {elsewhere.read_text().strip()} (see {elsewhere})")
    if tenant is None:
        return
    key = (settings.data_dir / "demo_admin_key").read_text().strip()
    say(f"  Company    {tenant.name}\n  Tenant id  {tenant.id}\n  Admin key  {key}\n\nStop with Ctrl-C.")
