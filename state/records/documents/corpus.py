"""Searching a company's corpus: what is known of the query's words, then candidates with their three scores."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from state.identity import TenantId
from state.records.database import Alone, Transaction

TUNE_INDEXES = "tune_indexes"


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a company's corpus knows of a query."""

    embedding_model: str
    indexed: bool
    """Whether the company is large and has indexes of its own."""
    words: str
    """A sparsevec of what each word is worth by how few passages hold it: all together 1."""
    pairs: str
    """JSON: the words that stand close together in the query, as a tsquery, and what finding them so is worth: all together 1."""
    rare: str
    """The rare words as a tsquery."""


@dataclass(frozen=True, slots=True)
class Words:
    """A query's words, and which of them count."""

    query: str
    glue: Iterable[str]
    """Stems that say nothing."""
    most_words: int
    """Of more the rarest count."""
    fewest_words: int
    """Fewer aren't all of the query."""
    apart: int
    """How many words apart two still count as standing together."""
    most_rare: int
    """Passages that the rare words may hold together."""
    seldom: float
    """Share of the passages up to which a word is looked for by a related one too."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search."""

    words: Words
    model: str
    """That made the vector."""
    vector: str
    words_share: float
    vector_share: float
    closeness_share: float
    touching: float
    """What meaning alone is worth."""
    unrelated: float
    """The similarity at which meaning begins, and the span from there to 1."""
    span: float
    floor: float
    """Relevance from which passages of the categories come before all others."""
    categories: Sequence[str]
    looks: int
    """Passages looked at closer."""
    candidates: int
    """The best of them, which are given back."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that a search found, with its scores."""

    content: str
    document: str
    document_id: str
    version: str | None
    page: int | None
    category: str
    heading: str
    similarity: float
    """Cosine similarity to the query."""
    coverage: float
    """Share of the query's information that the passage's words hold; above 1 where it holds words and their related ones."""
    closeness: float
    """0-1: how much of what stands together in the query stands together in the passage."""


@dataclass(frozen=True, slots=True)
class LargeCorpus:
    """A company with so many passages that looking at each takes long."""

    tenant_id: UUID


async def large_corpora(tx: Transaction, passages: int, prefix: str) -> list[LargeCorpus]:
    """The companies with at least so many passages that lack an index; `prefix` begins the name of the one by vector."""
    return await tx.all(LargeCorpus, "large_corpora", passages=passages, prefix=prefix)


async def search_corpus(queries: Transaction | Alone, wanted: Wanted) -> tuple[Corpus, list[Found]]:
    """What the corpus knows of the query, and the best candidates by words and vector, those of the categories first.

    Each passage is looked at. None is where the corpus is another model's, or so large that it has indexes.
    """
    rows = await queries.all(_row, "search_corpus", **_wanted(wanted))
    if not rows:
        raise LookupError("this database has no embedding model; migrate it first")
    return rows[0][0], [found for _, found in rows if found]


async def search_indexes(queries: Transaction | Alone, tenant: TenantId, wanted: Wanted, corpus: Corpus) -> list[Found]:
    """Like `search_corpus` for a company with indexes of its own: nearest vectors and holders of the rare words only.

    `TUNE_INDEXES` comes before it. The indexes are used only where the plan knows the tenant, so it is named beside the
    policies (SEAMS: generic plan). None is found where the corpus was moved to another model since.
    """
    known = {"tenant": tenant, "words": corpus.words, "pairs": corpus.pairs, "rare": corpus.rare}
    return await queries.all(Found, "search_indexes", **(_wanted(wanted) | known))


def _row(
    embedding_model: str, indexed: bool, words: str, pairs: str, rare: str, **found: Any
) -> tuple[Corpus, Found | None]:
    corpus = Corpus(embedding_model, indexed, words, pairs, rare)
    return corpus, None if found["content"] is None else Found(**found)


def _wanted(wanted: Wanted) -> dict[str, object]:
    words = {name: getattr(wanted.words, name) for name in Words.__slots__}
    others = {name: getattr(wanted, name) for name in Wanted.__slots__ if name != "words"}
    return words | others | {"glue": _array(wanted.words.glue), "categories": _array(wanted.categories)}


def _array(texts: Iterable[str]) -> str:
    return "{" + ",".join(texts) + "}"
