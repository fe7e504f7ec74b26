"""The command line `petraf`."""

import asyncio
import contextlib
import json
import re
import secrets
import sys
from collections.abc import Callable, Coroutine, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from uuid import UUID

import typer

from server.command.terminal import chat
from server.settings import Settings, read_settings
from state.company import SLUG as CATEGORY
from state.errors import PetrafError
from state.identity import Caller, proven_tenant
from state.records.audit import audit
from state.records.companies.tenants import (
    NewTenant,
    TenantNotFound,
    add_key,
    seed_tenant,
    tenant_by_id,
    tenant_by_slug,
)
from state.records.database import Database
from state.records.rows import TenantRow
from state.records.sessions.scores import Scope
from state.records.sessions.sessions import purge_expired

if TYPE_CHECKING:
    from server.command.rescore import Report

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Petraf guides employees through a conversation to SMART goals that fit their company.\n\n"
    "Start with `petraf serve --demo`, then open the address it prints, or talk in the terminal with `petraf chat`.",
)
Result = TypeVar("Result")
SLUG = re.compile(r"^[a-z0-9][a-z0-9-]{0,62}$")
DOMAIN = re.compile(r"^(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)*$")


@contextlib.contextmanager
def ready_database(settings: Settings) -> Iterator[str]:
    """The address of a migrated database."""
    from server.command import start  # heavy: `petraf --help` must not wait for it

    with start.database_url(settings) as url:
        start.migrate(settings, url)
        yield url


def with_database(work: Callable[[Settings, Database], Coroutine[Any, Any, Result]]) -> Result:
    """Run `work` on the migrated database of this installation."""
    settings = read_settings()

    async def connected(url: str) -> Result:
        async with Database.connect(url, pool_size=4) as database:
            return await work(settings, database)

    with ready_database(settings) as url:
        return asyncio.run(connected(url))


@app.command()
def serve(
    demo: Annotated[bool, typer.Option(help="Also set up the demo company Sunrise Corporation.")] = False,
) -> None:
    """Serve the page, the API and LangServe on 127.0.0.1:8000 (PORT changes it) until Ctrl-C."""
    settings = read_settings()
    from server.command import start  # after the settings, so that a wrong one is told at once

    start.stop_on_sigterm()
    start.check_port(settings)
    with ready_database(settings) as url:
        tenant = None
        if demo:
            tenant = asyncio.run(start.ensure_demo(settings, url))
            settings = settings.model_copy(update={"default_tenant": settings.default_tenant or start.DEMO_SLUG})
        start.run_server(settings, url, lambda: start.announce(settings, tenant))


@app.command()
def migrate() -> None:
    """Bring the database up to date. Safe to run again."""
    with ready_database(read_settings()):
        print("The database is up to date.")


@app.command("seed-tenant")
def seed(
    slug: Annotated[str, typer.Option(help="Short name in addresses, for example sunrise-corp.")],
    name: Annotated[str, typer.Option(help="The company's name.")],
    domain: Annotated[str, typer.Option(help="Host name of its page, for example sunrise.petraf.com.")],
    admin_email: Annotated[str, typer.Option(help="E-mail of the admin whom the key belongs to.")] = "admin@localhost",
) -> None:
    """Create a company. The last line is JSON with its id and admin key; the key is shown this once."""
    domain = domain.lower()
    if not SLUG.match(slug):
        raise PetrafError(f"--slug {slug}: use small letters, digits and dashes, for example sunrise-corp")
    if not DOMAIN.match(domain):
        raise PetrafError(f"--domain {domain}: give a host name, for example sunrise.petraf.com")

    async def work(_: Settings, database: Database) -> tuple[TenantRow, str]:
        return await seed_tenant(database, NewTenant(slug=slug, name=name, domain=domain, admin_email=admin_email))

    row, key = with_database(work)
    print(json.dumps({"tenant_id": str(row.id), "slug": row.slug, "domain": row.domain, "admin_key": key}))


@app.command("system-key")
def system_key(
    email: Annotated[str, typer.Option(help="Whom the audit names.")] = "system_admin",
) -> None:
    """Make a key that sees every company. It is shown this once, as the last line."""
    key = f"admin_sk_system_{secrets.token_urlsafe(24)}"

    async def work(_: Settings, database: Database) -> None:
        async with database.system() as tx:
            key_id = await add_key(tx, None, key, email)
            await audit(tx, Caller("system_admin"), "admin_key.created", ("admin_key", key_id))

    with_database(work)
    print(key)


@app.command("ingest")
def ingest_files(
    paths: Annotated[
        list[Path],
        typer.Argument(help="PDF, Word, PowerPoint, Excel, HTML, Markdown, text or e-mail files, or folders."),
    ],
    tenant: Annotated[str, typer.Option(help="The company's slug or id.")],
    category: Annotated[str, typer.Option(help="For example career_framework, values, performance_guidelines.")],
    title: Annotated[str, typer.Option(help="What citations call it; else what the document calls itself.")] = "",
    version: Annotated[str, typer.Option(help="Its version, for example 2.1.")] = "",
    department: Annotated[str, typer.Option(help="The department it is for.")] = "",
    replace: Annotated[bool, typer.Option(help="Replace the document of the same file name and category.")] = False,
    by: Annotated[str, typer.Option(help="Whom the audit names.")] = "system_admin",
) -> None:
    """Read company documents, so that the coach can cite them. Each is found once it is there whole.

    Example: petraf ingest handbook.pdf --tenant sunrise-corp --category handbook --version 2.1 --replace
    """
    if not re.match(CATEGORY, category):
        raise PetrafError(f"--category {category}: use small letters, digits, _ and -, for example career_framework")
    from server.command.ingest import Reading, files_of, read_in
    from server.documents.library import company_library

    files = files_of(paths)
    said = {
        name: value for name, value in (("title", title), ("version", version), ("department", department)) if value
    }

    async def work(settings: Settings, database: Database) -> None:
        row = await find_tenant(database, tenant)
        library = company_library(settings, database)
        await read_in(Reading(library, proven_tenant(row.id), category, said, by, replace), files)

    with_database(work)


@app.command("reindex")
def move_corpus(
    to: Annotated[str, typer.Option(help="local or openai:<model>; else what PETRAF_EMBEDDINGS says.")] = "",
) -> None:
    """Move all company documents to another embedding model while the servers go on serving.

    Broken off, it goes on where it stopped. Afterwards set PETRAF_EMBEDDINGS to the new model; running servers follow by
    themselves.
    """
    from server.command.ingest import reindex_all

    reindex_all(read_settings(), to)


@app.command()
def purge() -> None:
    """Erase sessions whose time is over. Their audit rows stay, without whom and what."""

    async def work(settings: Settings, database: Database) -> int:
        return await purge_expired(database, settings.secret())

    print(f"{with_database(work)} expired sessions erased")


@app.command("rescore")
def replay_scores(
    tenant: Annotated[str, typer.Option(help="Only this company, by slug or id.")] = "",
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Only goals from this day on (UTC), for example 2027-01-31."),
    ] = None,
    every_version: Annotated[
        bool, typer.Option("--all", help="Also goals that an edited version has replaced.")
    ] = False,
    current: Annotated[
        bool, typer.Option("--current", help="By each company's present rubric: how would the scores move?")
    ] = False,
) -> None:
    """Judge stored goals again: does every score come out as it did?

    It changes nothing and shows nobody's words. Each goal is stored with what
    its judge saw: the rubric, the company's passages, the date. The same judge
    gets exactly that again. A table names each goal whose score differs, with
    both scores and the criterion that moved.

    The rule coach must give the same score again as long as its version is the
    same: if one differs, the command ends with code 1. A language model may
    waver, so its differences are shown and are no alarm; how often it will be
    called is said first.

    What can't be replayed is counted with the reason: scored before exams were
    kept, by a model that isn't configured here, by another version.

    Examples:

    petraf rescore

    petraf rescore --tenant sunrise-corp --since 2027-01-01 --all

    petraf rescore --tenant sunrise-corp --current
    """
    from server.command.rescore import ScoresDiffer, rescore

    async def work(settings: Settings, database: Database) -> "Report":
        found = await find_tenant(database, tenant) if tenant else None
        scope = Scope(proven_tenant(found.id) if found else None, since.date() if since else date.min, every_version)
        return await rescore(settings, database, scope, current)

    report = with_database(work)
    print("\n".join(report.lines()))
    if report.alarms and not current:
        raise ScoresDiffer(count=report.alarms)


app.command()(chat)


async def find_tenant(database: Database, slug_or_id: str) -> TenantRow:
    """The company of a slug or id. Raises TenantNotFound."""
    found = await tenant_by_slug(database, slug_or_id)
    if found is None:
        with contextlib.suppress(ValueError):
            found = await tenant_by_id(database, UUID(slug_or_id))
    if found is None:
        raise TenantNotFound(f"No active company {slug_or_id}. `petraf seed-tenant --help` says how to make one.")
    return found


def main() -> None:
    """Entry point: an error of ours is one line, never a stack trace."""
    try:
        app()
    except PetrafError as error:
        sys.exit(f"petraf: {error.message}")
