"""The schema: from nothing, there and back, and what it holds every table to."""

import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from migrations.apply import EmbeddingMismatch, downgrade, upgrade
from state.records.embedded import embedded_postgres
from tests.conftest import execute, url_of

ROOT = Path(__file__).parents[2]
ACME = "550e8400-e29b-41d4-a716-446655440000"
TENANT_TABLES = {
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
}
CHECKPOINT_TABLES = {"checkpoints", "checkpoint_blobs", "checkpoint_writes"}


@pytest.fixture
def empty_url(admin_url: str) -> Iterator[str]:
    """A database with nothing in it."""
    name = f"empty_{secrets.token_hex(6)}"
    execute(admin_url, "create database {}", name)
    yield url_of(admin_url, name)
    execute(admin_url, "drop database {} with (force)", name)


def column(url: str, query: str) -> list[str]:
    """The first column of every row."""
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute(query.encode())]


def tables(url: str) -> set[str]:
    return set(column(url, "select tablename from pg_tables where schemaname = 'public'"))


def found_acme(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    """Seed a company, and see every company's rows until the transaction ends."""
    connection.execute("set local role petraf_system")
    connection.execute(
        "insert into tenants (id, slug, name, domain) values (%s, 'acme', 'Acme', 'acme.example')", (ACME,)
    )


def test_two_databases_of_a_new_server_can_be_migrated_at_once(tmp_path: Path) -> None:
    program = "import sys; from migrations.apply import upgrade; upgrade(sys.argv[1], 'local', 384)"
    with embedded_postgres(tmp_path) as url:
        for name in ("one", "two"):
            execute(url, "create database {}", name)
        # Processes, because Alembic runs one migration in a process at a time.
        both = [
            subprocess.Popen([sys.executable, "-c", program, url_of(url, name)], cwd=ROOT) for name in ("one", "two")
        ]
        assert [process.wait() for process in both] == [0, 0]


def test_from_zero_it_makes_every_table(empty_url: str) -> None:
    upgrade(empty_url, "local", 384)
    assert tables(empty_url) >= TENANT_TABLES | CHECKPOINT_TABLES | {"tenants", "installation"}


def test_up_down_up_leaves_the_same_schema(empty_url: str) -> None:
    upgrade(empty_url, "local", 384)
    before = tables(empty_url)
    downgrade(empty_url)
    assert tables(empty_url) == {"alembic_version"}
    upgrade(empty_url, "local", 384)
    assert tables(empty_url) == before


def test_migrating_twice_keeps_what_is_there(empty_url: str) -> None:
    upgrade(empty_url, "local", 384)
    with psycopg.connect(empty_url) as connection:
        connection.execute("insert into tenants (slug, name, domain) values ('acme', 'Acme', 'acme.example')")
    upgrade(empty_url, "local", 384)
    assert column(empty_url, "select slug from tenants") == ["acme"]


@pytest.fixture
def plain_owner_url(admin_url: str, template: str, empty_url: str) -> Iterator[str]:
    """The empty database as seen by an owner without superuser rights, whom row-level security holds too."""
    name = f"owner_{secrets.token_hex(6)}"
    execute(admin_url, "create role {} login", name)
    with psycopg.connect(empty_url, autocommit=True) as connection:
        connection.execute("create extension vector")
        connection.execute(
            SQL("alter database {} owner to {}").format(Identifier(connection.info.dbname), Identifier(name))
        )
        connection.execute(
            SQL("grant petraf_app, petraf_system to {} with admin option, inherit false, set true").format(
                Identifier(name)
            )
        )
    yield empty_url.replace("//postgres:", f"//{name}:")
    with psycopg.connect(empty_url, autocommit=True) as connection:
        connection.execute(SQL("drop owned by {} cascade").format(Identifier(name)))
        connection.execute(SQL("alter database {} owner to postgres").format(Identifier(connection.info.dbname)))
    execute(admin_url, "drop role {}", name)


@pytest.mark.parametrize("whose", ["empty_url", "plain_owner_url"])
def test_documents_of_the_first_revision_are_found_after_the_second_and_half_written_ones_are_gone(
    whose: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue(whose)
    upgrade(url, "local", 384, "0001")
    with psycopg.connect(url) as connection:
        found_acme(connection)
        for name, ready in (("whole", True), ("half", False)):
            connection.execute(
                "insert into documents (id, tenant_id, filename, title, category, content_hash, passages, uploaded_by, ready) "
                "values (%(n)s, %(t)s, 'a.txt', 'Handbook', 'values', %(n)s, 1, 'hr', %(r)s)",
                {"n": name, "t": ACME, "r": ready},
            )
            connection.execute(
                "insert into rag_corpus (tenant_id, document_id, content, embedding, category, title, position) "
                "values (%s, %s, 'We listen to patients.', array_fill(0.1, array[384])::vector, 'values', 'Handbook', 0)",
                (ACME, name),
            )
    upgrade(url, "local", 384)
    with acting(url) as connection:
        assert connection.execute("select id from documents").fetchall() == [("whole",)]
        passages = connection.execute("select document_id, content, position, vector_dims(embedding) from rag_corpus")
        assert passages.fetchall() == [("whole", "We listen to patients.", 0, 384)]
        assert counted(connection) == 1


@contextmanager
def acting(url: str) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """A transaction of the company that the tests seed."""
    with psycopg.connect(url) as connection:
        connection.execute(
            "select set_config('role', 'petraf_app', true), set_config('petraf.tenant_id', %s, true)", (ACME,)
        )
        yield connection


def counted(connection: psycopg.Connection[tuple[Any, ...]]) -> int | None:
    """How many passages are said to hold a word that the company's one passage holds, and that a question asks for."""
    row = connection.execute(
        "select passages from petraf_ask('No patients?', '{}', 32, 3, 3, 1, 0) as asked join corpus_words on word = 'patient'"
        " where asked.words = format('{%s:%s}/536870912', petraf_word('patient'), 1 / 3::real)::sparsevec"
    ).fetchone()
    return row[0] if row else None


@pytest.mark.parametrize("whose", ["empty_url", "plain_owner_url"])
def test_moving_the_corpus_to_another_order_of_columns_keeps_it_counts_on_and_ends_a_broken_off_reindex(
    whose: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue(whose)
    upgrade(url, "local", 768, "0006")
    with psycopg.connect(url) as connection:
        connection.execute("update installation set next_model = 'other', next_dimensions = 2")
        connection.execute("alter table rag_corpus add column embedding_next halfvec(2)")
        found_acme(connection)
        connection.execute(
            "insert into documents (id, tenant_id, filename, title, category, content_hash, passages, uploaded_by) "
            "values ('d', %s, 'a.txt', 'Handbook', 'values', 'h', 1, 'hr')",
            (ACME,),
        )
        connection.execute(
            "insert into rag_corpus (tenant_id, document_id, content, embedding, embedding_next, category, title, position, page)"
            " values (%s, 'd', 'We listen to patients.', array_fill(1, array[768])::halfvec, '[1,2]', 'values', 'H', 0, 7)",
            (ACME,),
        )
    for _ in range(2):
        upgrade(url, "local", 768)
        with acting(url) as connection:
            kept = connection.execute(
                "select content, page, category, metadata, vector_dims(embedding) from rag_corpus"
            )
            assert kept.fetchall() == [("We listen to patients.", 7, "values", {}, 768)]
            assert counted(connection) == 1
        downgrade(url, "0005")
    upgrade(url, "local", 768)
    assert column(url, "select coalesce(next_model, 'none') from installation") == ["none"]
    with acting(url) as connection:
        connection.execute("delete from documents")
        assert connection.execute(
            "select (select count(*) from rag_corpus), count(*) from corpus_words"
        ).fetchall() == [(0, 0)]


@pytest.mark.parametrize("whose", ["empty_url", "plain_owner_url"])
def test_goals_of_before_exams_were_kept_stay_and_have_none(whose: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(whose)
    upgrade(url, "local", 384, "0003")
    with psycopg.connect(url) as connection:
        found_acme(connection)
        connection.execute(
            "insert into sessions (id, tenant_id, resume_token_hash, expires_at) values ('s', %s, 'h', now())", (ACME,)
        )
        connection.execute(
            "insert into goals (id, session_id, tenant_id, turn_id, type, phase, content, score, score_details) "
            "values ('g', 's', %s, 't', 'future', 'g4_future', 'Lead the ward', 8, '{}')",
            (ACME,),
        )
    upgrade(url, "local", 384)
    with psycopg.connect(url) as connection:
        connection.execute("set local role petraf_system")
        assert connection.execute("select content, exam from goals").fetchall() == [("Lead the ward", None)]
    downgrade(url, "0003")
    with psycopg.connect(url) as connection:
        connection.execute("set local role petraf_system")
        assert connection.execute("select content from goals").fetchall() == [("Lead the ward",)]


def test_the_corpus_has_the_dimension_of_the_first_migration(empty_url: str) -> None:
    upgrade(empty_url, "openai:text-embedding-3-small", 1536)
    kind = "select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'rag_corpus'::regclass"
    assert column(empty_url, f"{kind} and attname = 'embedding'") == ["halfvec(1536)"]


def test_another_embedding_model_is_refused_with_both_named(empty_url: str) -> None:
    upgrade(empty_url, "local", 384)
    with pytest.raises(EmbeddingMismatch) as refused:
        upgrade(empty_url, "openai:text-embedding-3-small", 1536)
    message = refused.value.message
    assert all(part in message for part in ("local", "384", "openai:text-embedding-3-small", "1536"))
    assert "PETRAF_EMBEDDINGS" in message
    assert "\n" not in message


def test_every_table_with_a_tenant_forces_row_level_security(database_url: str) -> None:
    with_tenant = set(
        column(
            database_url,
            "select table_name from information_schema.columns where column_name = 'tenant_id' and table_schema = 'public'",
        )
    )
    assert with_tenant == TENANT_TABLES
    forced = set(column(database_url, "select relname from pg_class where relrowsecurity and relforcerowsecurity"))
    assert forced == TENANT_TABLES | CHECKPOINT_TABLES | {"tenants"}


def test_every_policy_of_the_application_role_looks_at_the_tenant_or_the_one_row_named(database_url: str) -> None:
    conditions = column(
        database_url, "select coalesce(qual, '') from pg_policies where 'petraf_app' = any(roles) order by tablename"
    )
    assert len(conditions) == len(TENANT_TABLES | CHECKPOINT_TABLES) + 4
    assert all("petraf_tenant()" in c or "petraf.tenant_id" in c or "petraf.lookup_" in c for c in conditions)


def test_the_application_role_owns_nothing_and_bypasses_nothing(database_url: str) -> None:
    owned = column(
        database_url,
        "select c.relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname like 'petraf%'",
    )
    assert owned == []
    powerful = column(
        database_url,
        "select rolname from pg_roles where rolname like 'petraf%' and "
        "(rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolcanlogin)",
    )
    assert powerful == []
