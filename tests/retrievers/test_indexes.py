"""A large company's own indexes: really used, rebuilt when broken, and never a door to another company's passages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

import numpy as np
import psycopg
import pytest
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from bench.plans import SEARCH, Watched, reads
from retrievers import indexes
from retrievers.embeddings import build_embeddings, vector_text
from retrievers.indexes import build_indexes, index_large_companies
from retrievers.library import Library
from retrievers.search import FLOOR, CompanyRetriever, Query
from state.identity import TenantId, proven_tenant
from state.records.companies.tenants import NewTenant, seed_tenant
from state.records.database import ACT_FOR, QUERIES, Database, Transaction
from state.records.documents.corpus import TUNE_INDEXES, Found, Wanted, search_corpus, search_indexes

Row = TypeVar("Row")
Vectors = NDArray[np.float32]
PASSAGES = 400
QUERY = "ward audit"


class Told(Embeddings):
    """Answers with the vector that a test chose."""

    vector: Vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Nothing is embedded here."""
        raise NotImplementedError

    def embed_query(self, text: str) -> list[float]:
        """The chosen vector."""
        return [float(number) for number in self.vector]


@dataclass(frozen=True, slots=True)
class Companies:
    """Two companies with the same texts and vectors, and what searches them."""

    url: str
    library: Library
    told: Told
    vectors: Vectors
    ours: TenantId
    theirs: TenantId

    @property
    def database(self) -> Database:
        """The connector."""
        return self.library.database

    async def asked(self, tx: Transaction, tenant: TenantId, query: str = QUERY, **more: Any) -> list[Found]:
        """The candidates of a search, in one transaction that can be watched."""
        wanted = self.wanted(tenant, query, **more)
        corpus, found = await search_corpus(tx, wanted)
        if not corpus.indexed:
            return found
        await tx.run(TUNE_INDEXES)
        return await search_indexes(tx, tenant, wanted, corpus)

    def wanted(self, tenant: TenantId, query: str = QUERY, **more: Any) -> Wanted:
        """The search for a query with the chosen vector."""
        retriever = CompanyRetriever(tenant=tenant, library=self.library, **more)
        return retriever.wanted(Query(query, self.library.model, self.told.embed_query(query)))


@pytest.fixture
async def companies(database: Database, database_url: str) -> Companies:
    """Two companies without indexes of their own."""
    told = Told()
    library = Library(database, replace(build_embeddings("local"), embeddings=told))
    ours, theirs = [await seeded(database, slug) for slug in ("acme", "globex")]
    vectors = around(np.random.default_rng(1), PASSAGES)
    contents = [f"Passage {n} tells of the {'ward audit' if n % 40 == 0 else 'canteen'}." for n in range(PASSAGES)]
    for tenant in (ours, theirs):
        fill(database_url, tenant, "policies", contents, vectors)
    told.vector = vectors[7]
    return Companies(database_url, library, told, vectors, ours, theirs)


async def seeded(database: Database, slug: str) -> TenantId:
    row, _ = await seed_tenant(database, NewTenant(slug, slug, f"{slug}.example", f"hr@{slug}.example"))
    return proven_tenant(row.id)


def around(rng: np.random.Generator, count: int, center: Vectors | None = None, noise: float = 1.0) -> Vectors:
    """Vectors of unit length, about `center`."""
    drawn = rng.standard_normal((count, 384), dtype=np.float32) * np.float32(noise / np.sqrt(384))
    moved = drawn if center is None else drawn + center
    unit: Vectors = moved / np.linalg.norm(moved, axis=1, keepdims=True)
    return unit


def fill(url: str, tenant: TenantId, category: str, contents: Sequence[str], vectors: Vectors) -> None:
    """One document of passages whose texts and vectors a test chose. Its id begins with the tenant's."""
    document = f"{tenant}-{category}"
    with psycopg.connect(url) as connection:
        connection.execute(
            "insert into documents (id, tenant_id, filename, title, category, content_hash, passages, uploaded_by) "
            "values (%s, %s, 'a.pdf', 'Handbook', %s, %s, %s, 'hr')",
            (document, tenant, category, document, len(contents)),
        )
        connection.execute(
            "insert into rag_corpus (tenant_id, document_id, content, embedding, category, title, page, position) "
            "select %s, %s, content, embedding::halfvec, %s, 'Handbook', n, n "
            "from unnest(%s::text[], %s::text[]) with ordinality as given(content, embedding, n)",
            (tenant, document, category, list(contents), [vector_text(vector.tolist()) for vector in vectors]),
        )
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("vacuum analyze rag_corpus")


def index_ids(url: str, tenant: TenantId) -> list[int | None]:
    """Which indexes those of a company are; None where one is missing or invalid."""
    names = (f"rag_near_{tenant.hex}", f"rag_words_{tenant.hex}")
    with psycopg.connect(url) as connection:
        found = "select indexrelid::int from pg_index where indexrelid = to_regclass(%s) and indisvalid"
        rows = [connection.execute(found, (name,)).fetchone() for name in names]
    return [row[0] if row else None for row in rows]


async def as_if_large(tx: Transaction) -> None:
    """So few passages would rather be read and sorted."""
    await tx.connection.execute(
        "select set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true)"
    )


async def test_a_search_reads_the_companys_own_indexes_by_vector_and_by_word(companies: Companies) -> None:
    await build_indexes(companies.url, companies.ours)
    async with companies.database.tenant(companies.ours) as tx:
        await as_if_large(tx)
        watched = Watched(tx.connection)
        found = await companies.asked(watched, companies.ours, categories=("policies",), k=20)
        by_vector, by_word = await reads(tx, companies.ours)
    assert f"rag_near_{companies.ours.hex}" in watched.indexes()
    assert by_vector == 1, "enough of the nearest are of the category"
    assert by_word
    assert {8, 1, 41} <= {one.page for one in found}


class Prepared(Transaction):
    """Runs the search as a prepared statement under a plan that knows no parameter: what the application must not do."""

    async def all(self, row: Callable[..., Row], name: str, /, **params: object) -> list[Row]:
        """Every row; nothing is told of its kind."""
        if name != SEARCH:
            return await super().all(row, name, **params)
        await self.connection.execute("set local plan_cache_mode = force_generic_plan")
        before, self.connection.prepare_threshold = self.connection.prepare_threshold, 0
        await self.connection.execute(QUERIES[name].encode(), params, prepare=True)
        self.connection.prepare_threshold = before
        return []


async def test_a_generic_plan_would_not_use_the_index_by_vector(companies: Companies) -> None:
    """The trap that naming the tenant in the statement avoids; the words' own statement is planned anew each time."""
    await build_indexes(companies.url, companies.ours)
    async with companies.database.tenant(companies.ours) as tx:
        await as_if_large(tx)
        await companies.asked(Prepared(tx.connection), companies.ours)
        by_vector, by_word = await reads(tx, companies.ours)
    assert (by_vector, by_word > 0) == (0, True)


async def test_connections_of_the_application_prepare_nothing(companies: Companies) -> None:
    async with companies.database.tenant(companies.ours) as tx:
        assert tx.connection.prepare_threshold is None


async def test_a_company_counts_as_indexed_once_both_indexes_are_valid(companies: Companies) -> None:
    async def indexed(tenant: TenantId) -> bool:
        corpus, found = await search_corpus(companies.database.alone(tenant), companies.wanted(tenant))
        assert bool(found) != corpus.indexed, "a large company's passages aren't looked at one by one"
        return corpus.indexed

    assert not await indexed(companies.ours)
    await build_indexes(companies.url, companies.ours)
    assert await indexed(companies.ours)
    assert not await indexed(companies.theirs)
    with psycopg.connect(companies.url) as connection:
        connection.execute(f"drop index rag_words_{companies.ours.hex}".encode())
    assert not await indexed(companies.ours)


@pytest.mark.parametrize("broken", [0, 1])
async def test_a_broken_index_is_rebuilt_and_the_other_stays(companies: Companies, broken: int) -> None:
    await build_indexes(companies.url, companies.ours)
    before = index_ids(companies.url, companies.ours)
    with psycopg.connect(companies.url) as connection:
        connection.execute("update pg_index set indisvalid = false where indexrelid = %s", (before[broken],))
    assert index_ids(companies.url, companies.ours)[broken] is None
    await build_indexes(companies.url, companies.ours)
    after = index_ids(companies.url, companies.ours)
    assert after[broken] not in (None, before[broken])
    assert after[1 - broken] == before[1 - broken]


async def test_building_twice_changes_nothing(companies: Companies) -> None:
    await build_indexes(companies.url, companies.ours)
    before = index_ids(companies.url, companies.ours)
    await build_indexes(companies.url, companies.ours)
    assert index_ids(companies.url, companies.ours) == before
    assert None not in before


async def test_only_large_companies_get_indexes_and_only_once(
    companies: Companies, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(companies.url, companies.ours, "values", ["One more."], companies.vectors[:1])
    monkeypatch.setattr(indexes, "LARGE", PASSAGES + 1)
    assert await index_large_companies(companies.database, companies.url) == [companies.ours]
    assert index_ids(companies.url, companies.theirs) == [None, None]
    assert await index_large_companies(companies.database, companies.url) == []


async def test_a_company_without_indexes_of_its_own_is_searched_exactly(companies: Companies) -> None:
    await build_indexes(companies.url, companies.ours)
    nearest = {int(number) + 1 for number in np.argsort(companies.vectors @ companies.vectors[7])[-5:]}
    async with companies.database.tenant(companies.theirs) as tx:
        found = await companies.asked(tx, companies.theirs, "xyzzy")
        assert await reads(tx, companies.ours) == (0, 0)
    best = sorted(found, key=lambda one: one.similarity, reverse=True)[:5]
    assert {one.page for one in best} == nearest


async def test_a_large_companys_passages_are_found_by_a_related_word(companies: Companies) -> None:
    await build_indexes(companies.url, companies.ours)
    async with companies.database.tenant(companies.ours) as tx:
        found = await companies.asked(tx, companies.ours, "auditors visit hospitals")
    assert {one.page for one in found if one.coverage} == {n + 1 for n in range(0, PASSAGES, 40)}


async def test_another_companys_passages_are_never_found_though_they_are_the_same(companies: Companies) -> None:
    for tenant in (companies.ours, companies.theirs):
        await build_indexes(companies.url, tenant)
    for tenant in (companies.ours, companies.theirs):
        async with companies.database.tenant(tenant) as tx:
            await as_if_large(tx)
            found = await companies.asked(tx, tenant, categories=("policies",))
        assert len(found) >= 8
        assert all(one.document_id.startswith(str(tenant)) for one in found)


class Lying(Transaction):
    """Names another company in the statement than the one the transaction acts for."""

    tenant: TenantId

    async def all(self, row: Callable[..., Row], name: str, /, **params: object) -> list[Row]:
        """As the inner one."""
        return await super().all(row, name, **(params | ({"tenant": self.tenant} if name == SEARCH else {})))


async def test_naming_another_company_in_the_statement_finds_nothing_of_it(companies: Companies) -> None:
    for tenant in (companies.ours, companies.theirs):
        await build_indexes(companies.url, tenant)
    async with companies.database.tenant(companies.theirs) as tx:
        await as_if_large(tx)
        lying = Lying(tx.connection)
        lying.tenant = companies.ours
        found = await companies.asked(lying, companies.theirs)
    assert all(one.document_id.startswith(str(companies.theirs)) for one in found)


@pytest.mark.parametrize("large", [False, True])
async def test_a_vector_of_another_model_and_dimension_is_compared_with_none(companies: Companies, large: bool) -> None:
    alone = companies.database.alone(companies.ours, before=TUNE_INDEXES)
    if large:
        await build_indexes(companies.url, companies.ours)
    wanted = companies.wanted(companies.ours)
    corpus, _ = await search_corpus(alone, wanted)
    moved = replace(wanted, model="other", vector="[1,2]")
    assert await search_corpus(alone, moved) == (corpus, [])
    assert await search_indexes(alone, companies.ours, wanted, corpus)
    assert await search_indexes(alone, companies.ours, moved, corpus) == []


async def holding(tx: Transaction, word: str) -> set[UUID]:
    rows = await tx.connection.execute("select petraf_holding(%s::tsquery, '{1:1}/536870912', 10000)", (word,))
    return {row[0] for row in await rows.fetchall()}


@pytest.mark.parametrize("built", [False, True])
async def test_the_search_by_word_gives_ids_of_the_acting_company_only(companies: Companies, built: bool) -> None:
    if built:
        for tenant in (companies.ours, companies.theirs):
            await build_indexes(companies.url, tenant)
    own: list[set[UUID]] = []
    for tenant in (companies.ours, companies.theirs):
        with psycopg.connect(companies.url) as connection:
            rows = connection.execute(
                "select id from rag_corpus where tenant_id = %s and content like '%%audit%%'", (tenant,)
            )
            own.append({row[0] for row in rows})
        async with companies.database.tenant(tenant) as tx:
            assert await holding(tx, "audit") == own[-1]
    assert own[0] and own[1] and not own[0] & own[1]


async def test_the_search_by_word_gives_nothing_without_a_company(companies: Companies) -> None:
    await build_indexes(companies.url, companies.ours)
    async with companies.database.pool.connection() as connection, connection.transaction():
        await connection.execute(ACT_FOR, ("petraf.lookup_slug", "acme"))
        assert await holding(Transaction(connection), "audit") == set()


async def test_a_preferred_category_with_one_distant_passage_among_thousands_is_found_first(
    companies: Companies,
) -> None:
    query, distant = with_one_distant(companies)
    await build_indexes(companies.url, companies.ours)
    companies.told.vector = query
    retriever = CompanyRetriever(tenant=companies.ours, library=companies.library, categories=("values",))
    found = await retriever.passages("xyzzy plugh")
    assert (found[0].category, found[0].content) == ("values", distant)
    assert FLOOR <= found[0].relevance < found[1].relevance


async def test_searching_a_category_by_vector_goes_on_until_its_passages_were_met(companies: Companies) -> None:
    """As for a common category, where going by category would read more than going by vector."""
    query, distant = with_one_distant(companies)
    await build_indexes(companies.url, companies.ours)
    companies.told.vector = query
    with psycopg.connect(companies.url) as connection:
        connection.execute("drop index rag_corpus_tenant_id_category_idx")
    async with companies.database.tenant(companies.ours) as tx:
        await as_if_large(tx)
        found = await companies.asked(tx, companies.ours, "xyzzy plugh", categories=("values",))
        assert (await reads(tx, companies.ours))[0] == 2
    assert distant in {one.content for one in found}


def with_one_distant(companies: Companies) -> tuple[Vectors, str]:
    """Give our company thousands of passages near a query and one of another category farther than all; query and text."""
    rng = np.random.default_rng(2)
    query = around(rng, 1)[0]
    near = around(rng, 3_000, query, noise=1.0)
    distant = around(rng, 1, query, noise=1.6)
    assert float((distant @ query)[0]) < float((near @ query).min())
    fill(companies.url, companies.ours, "benefits", [f"Text {n}." for n in range(len(near))], near)
    fill(companies.url, companies.ours, "values", ["Something else."], distant)
    return query, "Something else."
