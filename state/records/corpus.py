"""Searching a company's corpus: what is known of the query's words, then candidates with their three scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from state.identity import TenantId
from state.records.database import Transaction


class AskedWord(TypedDict):
    """One word of a query."""

    text: str
    """As the database stems it."""
    number: int
    """Its place in a passage's words."""
    position: int
    """Where it stands first in the query."""
    passages: int
    """How many of the company's passages hold it."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a search needs to know of the corpus before it starts."""

    embedding_model: str
    passages: int
    indexed: bool
    """Whether the company is large and has indexes of its own."""
    words: list[AskedWord]


class Pair(TypedDict):
    """Two words that stand close together in a query, as a tsquery; what finding them so is worth, all pairs together 1."""

    pair: str
    weight: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search."""

    vector: str
    words: str
    """A sparsevec of what each word is worth: all together 1."""
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
    pairs: list[Pair]
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
    """0-1: share of the query's information that the passage's words hold."""
    closeness: float
    """0-1: how much of what stands together in the query stands together in the passage."""


@dataclass(frozen=True, slots=True)
class LargeCorpus:
    """A company with so many passages that looking at each takes long."""

    tenant_id: UUID


async def large_corpora(tx: Transaction, passages: int, prefix: str) -> list[LargeCorpus]:
    """The companies with at least so many passages that lack an index; `prefix` begins the name of the one by vector."""
    return await tx.all(LargeCorpus, "large_corpora", passages=passages, prefix=prefix)


async def ask_corpus(tx: Transaction, query: str) -> Corpus:
    """What the corpus knows of a query's words."""
    corpus = await tx.first(Corpus, "ask_corpus", query=query)
    if corpus is None:
        raise LookupError("this database has no embedding model; migrate it first")
    return corpus


async def search_every_passage(tx: Transaction, wanted: Wanted) -> list[Found]:
    """The best candidates by words and vector, those of the categories first; each passage is looked at."""
    return await tx.all(Found, "search_every_passage", **_params(wanted))


async def search_indexes(tx: Transaction, tenant: TenantId, wanted: Wanted, rare_words: str) -> list[Found]:
    """Like `search_every_passage` for a company with indexes of its own: nearest vectors and holders of the rare words only.

    The indexes are used only where the plan knows the tenant, so it is named beside the policies (SEAMS: generic plan).
    """
    await tx.run("tune_indexes")
    return await tx.all(Found, "search_indexes", tenant=tenant, rare_words=rare_words, **_params(wanted))


def _params(wanted: Wanted) -> dict[str, object]:
    given = {name: getattr(wanted, name) for name in Wanted.__slots__}
    return {**given, "categories": "{" + ",".join(wanted.categories) + "}"}
