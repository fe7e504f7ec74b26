"""Finding passages: only the company's own, only what fits, the phase's categories first among equals."""

import pytest
from pydantic import ValidationError

from retrievers.embeddings import build_embeddings
from retrievers.ingest import Upload, ingest
from retrievers.library import Library
from retrievers.search import FLOOR, CompanyRetriever, Query
from server.demo import DEMO_DOCUMENTS
from state.identity import TenantId, proven_tenant
from state.records.companies.tenants import NewTenant, seed_tenant
from state.records.database import Database

MODEL = build_embeddings("local")
TEXTS = {
    "values": "Compassion means that we take time to listen to frightened patients. " * 9,
    "career_framework": "Senior engineers lead projects and mentor two junior developers each year. " * 9,
    "sales": "A head of sales owns the revenue of the region and hires account executives. " * 9,
}


@pytest.fixture
def library(database: Database) -> Library:
    """A library without any documents."""
    return Library(database, MODEL)


@pytest.fixture
async def tenant(database: Database, library: Library) -> TenantId:
    """A company with three short documents."""
    row, _ = await seed_tenant(database, NewTenant("acme", "Acme", "acme.example", "hr@acme.example"))
    tenant = proven_tenant(row.id)
    for category, content in TEXTS.items():
        await ingest(library, tenant, Upload(f"{category}.txt", content.encode(), category, {}), "hr")
    return tenant


async def coverage(library: Library, tenant: TenantId, query: str) -> float:
    """What share of the query's words the best passage holds."""
    asked = Query(query, MODEL, await MODEL.embed_query(query))
    return max(one.coverage for one in await CompanyRetriever(tenant=tenant, library=library).search(asked))


def test_a_retriever_cannot_be_built_without_a_tenant(database: Database) -> None:
    library = Library(database, MODEL)
    for missing in ({"library": library}, {"library": library, "tenant": None}, {"library": library, "tenant": ""}):
        with pytest.raises(ValidationError, match="tenant"):
            CompanyRetriever(**missing)


def test_a_retrievers_tenant_cannot_be_changed(database: Database) -> None:
    library = Library(database, MODEL)
    retriever = CompanyRetriever(tenant=proven_tenant("550e8400-e29b-41d4-a716-446655440000"), library=library)
    with pytest.raises(ValidationError, match="frozen"):
        setattr(retriever, "tenant", proven_tenant("550e8400-e29b-41d4-a716-446655440001"))  # noqa: B010


async def test_the_fitting_passage_comes_first_with_document_and_relevance(library: Library, tenant: TenantId) -> None:
    found = await CompanyRetriever(tenant=tenant, library=library).passages("mentoring junior developers")
    assert (found[0].category, found[0].document, found[0].page) == ("career_framework", "career framework", None)
    assert FLOOR <= found[0].relevance <= 1
    assert [p.relevance for p in found] == sorted((p.relevance for p in found), reverse=True)


@pytest.mark.parametrize(
    "query", ["quantum chromodynamics of gluons", "xyzzy", "🚀🔥", "   ", "\x00", "... ?! '\" %s :* & |"]
)
async def test_nothing_relevant_finds_nothing(library: Library, tenant: TenantId, query: str) -> None:
    assert await CompanyRetriever(tenant=tenant, library=library).passages(query) == ()


async def test_one_word_in_common_is_not_taken_for_the_whole_query(library: Library, tenant: TenantId) -> None:
    assert "take" in TEXTS["values"]
    assert await CompanyRetriever(tenant=tenant, library=library).passages("I don't take it") == ()


async def test_two_words_of_one_number_are_searched_for_like_any_other(library: Library, tenant: TenantId) -> None:
    same = "select array_agg('x' || n) from generate_series(1, 200000) n group by petraf_word('x' || n) having count(*) > 1"
    async with library.database.tenant(tenant) as tx:
        row = await (await tx.connection.execute(same.encode())).fetchone()
    assert row, "the words of one number that were looked for"
    found = await CompanyRetriever(tenant=tenant, library=library).passages(
        f"mentor junior developers {' '.join(row[0])}"
    )
    assert found[0].category == "career_framework"


async def test_a_very_long_query_is_answered(library: Library, tenant: TenantId) -> None:
    found = await CompanyRetriever(tenant=tenant, library=library).passages("mentor junior developers " * 1000)
    assert found[0].category == "career_framework"


async def test_another_company_finds_nothing_of_ours(library: Library, tenant: TenantId) -> None:
    row, _ = await seed_tenant(library.database, NewTenant("globex", "Globex", "globex.example", "hr@globex.example"))
    retriever = CompanyRetriever(tenant=proven_tenant(row.id), library=library)
    assert await retriever.passages("mentoring junior developers") == ()
    assert await retriever.ainvoke("mentoring junior developers") == []


async def test_at_most_k_passages_are_found_and_no_text_twice(library: Library, tenant: TenantId) -> None:
    await ingest(library, tenant, Upload("twin.txt", TEXTS["sales"].encode(), "copies", {}), "hr")
    found = await CompanyRetriever(tenant=tenant, library=library, k=5).passages("who hires account executives")
    assert len({p.content for p in found}) == len(found)
    assert len(await CompanyRetriever(tenant=tenant, library=library, k=1).passages("sales region revenue")) == 1


async def test_a_preferred_category_wins_among_equals_and_no_further(library: Library, tenant: TenantId) -> None:
    await ingest(library, tenant, Upload("twin.txt", (TEXTS["sales"] + ".").encode(), "copies", {}), "hr")
    query = "who hires account executives"
    for category in ("sales", "copies"):
        found = await CompanyRetriever(tenant=tenant, library=library, categories=(category,)).passages(query)
        assert found[0].category == category
    found = await CompanyRetriever(tenant=tenant, library=library, categories=("values",)).passages(query)
    assert found[0].category != "values"


async def test_questions_on_the_demo_company_find_the_document_that_answers_them(
    library: Library, tenant: TenantId
) -> None:
    for demo in DEMO_DOCUMENTS:
        upload = Upload(demo.path.name, demo.path.read_bytes(), demo.category, dict(demo.metadata))
        await ingest(library, tenant, upload, "hr")
    retriever = CompanyRetriever(tenant=tenant, library=library)
    for query, document in (
        ("What does it take to become a senior engineer?", "Engineering Career Framework"),
        ("work-life balance and overtime", "Values and Culture"),
    ):
        assert (await retriever.passages(query))[0].document == document, query


async def test_a_word_that_no_passage_holds_is_met_by_a_related_one(library: Library, tenant: TenantId) -> None:
    upload = Upload("pay.txt", b"The wage of everybody is looked at each spring.", "policies", {})
    await ingest(library, tenant, upload, "hr")
    related, none = [
        await coverage(library, tenant, f"Which {word} do nurses expect in spring?") for word in ("salary", "zebra")
    ]
    assert related > 2 * none > 0


async def test_one_word_and_its_related_one_are_no_whole_query(library: Library, tenant: TenantId) -> None:
    await ingest(library, tenant, Upload("pay.txt", b"The salary and the wage rise.", "policies", {}), "hr")
    assert await coverage(library, tenant, "salary?") == pytest.approx(1 / 3)


async def test_a_word_that_many_passages_hold_is_met_by_no_other(library: Library, tenant: TenantId) -> None:
    for document, text in (("a", "The wage rises."), ("b", "The salary rises.")):
        await ingest(library, tenant, Upload(f"{document}.txt", text.encode(), "policies", {}), "hr")
    asking = "Which salary do nurses expect?"
    asked = Query(asking, MODEL, await MODEL.embed_query(asking))
    found = await CompanyRetriever(tenant=tenant, library=library).search(asked)
    assert {one.content: one.coverage > 0 for one in found if "rises" in one.content} == {
        "The wage rises.": False,
        "The salary rises.": True,
    }
