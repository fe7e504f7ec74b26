"""Two companies in one database: under the application role neither can read or write anything of the other."""

import ast
import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from retrievers.embeddings import build_embeddings
from retrievers.ingest import Upload, ingest
from retrievers.library import Library
from state.company import TenantConfig
from state.identity import Caller, TenantId, proven_tenant
from state.records.companies.tenants import NewTenant, replace_config, seed_tenant
from state.records.database import Database

ROOT = Path(__file__).parents[3]
OURS = ("state", "retrievers", "nodes", "graph", "server", "evals", "migrations")
TABLES = (
    "tenants",
    "tenant_configs",
    "tenant_config_history",
    "admin_keys",
    "sessions",
    "conversation_state",
    "turns",
    "messages",
    "facts",
    "goals",
    "goal_links",
    "documents",
    "rag_corpus",
    "corpus_words",
    "audit_logs",
    "jobs",
    "shares",
    "checkpoints",
    "checkpoint_blobs",
    "checkpoint_writes",
)
FILL = """
insert into sessions (id, resume_token_hash, expires_at) values ('{s}', 'hash', now() + interval '1 day');
insert into conversation_state (session_id) values ('{s}');
insert into turns (session_id, id, input, input_hash, phase, step, owner, lease_until)
  values ('{s}', 't', '{{}}', 'h', 'g4_future', 'collect', 'o', now());
insert into messages (id, session_id, turn_id, role, content, phase, step)
  values ('m-{s}', '{s}', 't', 'user', 'secret', 'g4_future', 'collect');
insert into facts (session_id, id, phase, kind, text, message_id, begins, ends)
  values ('{s}', 'f', 'g4_future', 'deliverable', 'secret', 'm-{s}', 0, 6);
insert into goals (id, session_id, turn_id, type, phase, content, score, score_details)
  values ('g-{s}', '{s}', 't', 'future', 'g4_future', 'secret', 8, '{{}}');
insert into goal_links (id, goal_id, parent_goal_id, link_type, strength, notes)
  values ('l-{s}', 'g-{s}', 'g-{s}', 'aligns_with', 5, 'secret');
insert into shares (id, session_id, token_hash, expires_at) values ('h-{s}', '{s}', 'token-{s}', now() + interval '1 day');
insert into jobs (id, filename, category, data, uploaded_by) values ('j-{s}', 'a.txt', 'values', 'secret', 'hr');
insert into checkpoints (thread_id, checkpoint_id, checkpoint) values ('{t}:{s}', 'c', '{{}}');
insert into checkpoint_blobs (thread_id, channel, version, type) values ('{t}:{s}', 'c', '1', 'empty');
insert into checkpoint_writes (thread_id, checkpoint_id, task_id, idx, channel, blob) values ('{t}:{s}', 'c', 't', 0, 'c', '');
"""
MODEL = build_embeddings("local")
Pair = tuple[TenantId, TenantId]


@pytest.fixture
async def pair(database: Database) -> AsyncIterator[Pair]:
    """Two companies with a row in every table."""
    made = []
    library = Library(database, MODEL)
    for slug in ("acme", "globex"):
        row, _ = await seed_tenant(database, NewTenant(slug, slug.title(), f"{slug}.example", f"hr@{slug}.example"))
        tenant = proven_tenant(row.id)
        await replace_config(database, tenant, TenantConfig(threshold=6), 1, Caller("hr"))
        await ingest(library, tenant, Upload("a.txt", b"Our people help each other. " * 30, "values", {}), "hr")
        async with database.tenant(tenant) as tx:
            await tx.connection.execute(FILL.format(s=f"s-{slug}", t=tenant).encode())
        made.append(tenant)
    yield made[0], made[1]


async def rows(database: Database, tenant: TenantId | None, table: str) -> list[dict[str, Any]]:
    """What a role sees of a table; every tenant's when `tenant` is None."""
    async with database.tenant(tenant) if tenant else database.system() as tx:
        found = await tx.connection.execute(SQL("select to_jsonb(t) from {} t").format(Identifier(table)))
        return [row[0] for row in await found.fetchall()]


def owner(row: dict[str, Any]) -> str:
    """The tenant a row belongs to."""
    if "thread_id" in row:
        return str(row["thread_id"]).partition(":")[0]
    return str(row.get("tenant_id") or row["id"])


@pytest.mark.parametrize("table", TABLES)
async def test_a_company_sees_all_its_rows_and_none_of_the_other(database: Database, pair: Pair, table: str) -> None:
    ours, theirs = pair
    everything = {owner(row) for row in await rows(database, None, table)}
    assert everything == {str(ours), str(theirs)}
    assert {owner(row) for row in await rows(database, ours, table)} == {str(ours)}


async def test_no_table_with_a_tenant_is_left_out(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        found = connection.execute("select table_name from information_schema.columns where column_name = 'tenant_id'")
        assert {row[0] for row in found} <= set(TABLES)


async def test_without_a_tenant_nothing_is_seen(database: Database, database_url: str, pair: Pair) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("set local role petraf_app")
        for table in TABLES:
            found = connection.execute(SQL("select count(*) from {}").format(Identifier(table))).fetchone()
            assert found == (0,), table


@pytest.mark.parametrize("table", [t for t in TABLES if t not in ("tenants", "audit_logs")])
async def test_a_company_can_neither_change_nor_delete_rows_of_the_other(
    database: Database, pair: Pair, table: str
) -> None:
    ours, theirs = pair
    before = [row for row in await rows(database, None, table) if owner(row) == str(theirs)]
    key = "thread_id" if table.startswith("checkpoint") else "tenant_id"
    async with database.tenant(ours) as tx:
        name = Identifier(table)
        where = SQL("{}::text like {}").format(Identifier(key), f"{theirs}%")
        changed = await tx.connection.execute(
            SQL("update {} set {k} = {k} where ").format(name, k=Identifier(key)) + where
        )
        assert changed.rowcount == 0
        assert (await tx.connection.execute(SQL("delete from {} where ").format(name) + where)).rowcount == 0
    after = [row for row in await rows(database, None, table) if owner(row) == str(theirs)]
    assert before == after != []


@pytest.mark.parametrize("table", [t for t in TABLES if t not in ("tenants", "rag_corpus")])
async def test_a_company_cannot_insert_rows_for_the_other(database: Database, pair: Pair, table: str) -> None:
    ours, theirs = pair
    name = Identifier(table)
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        async with database.tenant(ours) as tx:
            fields = next(row for row in await rows(database, ours, table) if owner(row) == str(ours))
            for key in ("id", "session_id", "key_hash", "checkpoint_id"):
                if isinstance(fields.get(key), str):
                    fields[key] = f"new-{fields[key]}"
            if "tenant_id" in fields:
                fields["tenant_id"] = str(theirs)
            else:
                fields["thread_id"] = f"{theirs}:forged"
            names = SQL(", ").join(Identifier(field) for field in fields)
            statement = SQL("insert into {n} ({f}) select {f} from jsonb_populate_record(null::{n}, {v})")
            value = psycopg.types.json.Jsonb(fields)
            await tx.connection.execute(statement.format(n=name, f=names, v=value))


async def test_a_company_cannot_give_its_rows_away(database: Database, pair: Pair) -> None:
    ours, theirs = pair
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.tenant(ours) as tx:
            await tx.connection.execute("update admin_keys set tenant_id = %s", (theirs,))


async def test_a_link_between_goals_of_two_companies_is_impossible(database: Database, pair: Pair) -> None:
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        async with database.tenant(pair[0]) as tx:
            await tx.connection.execute(
                "insert into goal_links (id, goal_id, parent_goal_id, link_type, strength, notes) "
                "values ('x', 'g-s-acme', 'g-s-globex', 'aligns_with', 5, '')"
            )


async def test_a_company_cannot_change_or_delete_what_was_audited(database: Database, pair: Pair) -> None:
    for statement in ("delete from audit_logs", "update audit_logs set action = 'other'"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            async with database.tenant(pair[0]) as tx:
                await tx.connection.execute(statement.encode())


async def assert_nobody_acts(database: Database) -> None:
    async with database.pool.connection() as connection:
        found = await connection.execute(
            "select current_setting('petraf.tenant_id', true), current_user <> 'petraf_app'"
        )
        assert await found.fetchone() in (("", True), (None, True))


async def test_a_connection_goes_back_to_the_pool_without_its_tenant(database_url: str) -> None:
    async with Database.connect(database_url, pool_size=1) as database:
        row, _ = await seed_tenant(database, NewTenant("acme", "Acme", "acme.example", "hr@acme.example"))
        async with database.tenant(proven_tenant(row.id)):
            pass
        await assert_nobody_acts(database)


async def test_a_statement_alone_sees_its_companys_rows_only_and_leaves_the_connection_clean(
    database_url: str, pair: Pair
) -> None:
    async with Database.connect(database_url, pool_size=1) as database:
        async with database.system() as tx:
            every = await tx.value("all_passages")
        for tenant in pair:
            assert await database.alone(tenant).all(dict, "all_passages") == [{"count": every / 2}]
            await assert_nobody_acts(database)


async def test_a_statement_alone_that_fails_or_is_cancelled_leaves_the_connection_clean(
    database_url: str, pair: Pair
) -> None:
    async with Database.connect(database_url, pool_size=1) as database:
        alone = database.alone(pair[0])
        with pytest.raises(psycopg.errors.UndefinedColumn):
            await alone.all(dict, "moved_passages")
        await assert_nobody_acts(database)
        with psycopg.connect(database_url) as connection:
            connection.execute("lock table documents")
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(alone.all(dict, "documents"), 0.2)
        await assert_nobody_acts(database)
        assert await alone.all(dict, "documents")


async def test_what_a_statement_alone_looks_for_is_no_part_of_its_text(database_url: str, pair: Pair) -> None:
    async with Database.connect(database_url, pool_size=1) as database:
        await database.alone(pair[0]).all(dict, "document", id="private words")
        with psycopg.connect(database_url) as connection:
            shown = "select query from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
            texts = [row[0] for row in connection.execute(shown.encode())]
    assert any("from documents" in text for text in texts)
    assert not any("private words" in text for text in texts)


def test_tenant_ids_are_proven_in_one_place_only() -> None:
    makers = {
        path.relative_to(ROOT).as_posix()
        for folder in OURS
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "TenantId"
    }
    assert makers == {"state/identity.py"}
