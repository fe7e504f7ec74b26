"""What is asked: sentences that no passage holds and the evaluation's questions, each a little beside itself every time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from langchain_core.embeddings import Embeddings

from bench.corpus import OWN_WORDS, SEED, Company, noisy, own_words
from bench.windows import Bases, Vectors
from retrievers import search
from retrievers.embeddings import EmbeddingModel


@dataclass(frozen=True, slots=True)
class Query:
    """What one company asks."""

    company: Company
    text: str
    vector: Vectors

    def understood(self, model: EmbeddingModel) -> search.Query:
        """As the retriever takes it."""
        return search.Query(self.text, model, self.vector.tolist())


def queries(companies: Sequence[Company], bases: Bases, count: int, seed: int = 0) -> Iterator[Query]:
    """So many queries, spread over the companies. Every other one names a word that only the company has."""
    rng = np.random.default_rng((SEED, seed, 2))
    order = rng.permutation(len(companies))
    for number in range(count):
        company = companies[order[number % len(companies)]]
        chosen = int(rng.integers(len(bases.queries.texts)))
        text = bases.queries.texts[chosen]
        if number % 2:
            text += f" {own_words(company)[int(rng.integers(OWN_WORDS))]}"
        yield Query(company, text, noisy(bases.queries.vectors[chosen : chosen + 1], rng)[0])


class Precomputed(Embeddings):
    """Answers with a vector that was computed before, so that a search is timed without its embedding."""

    def __init__(self) -> None:
        self.vector: Sequence[float] = ()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The one vector, for each text."""
        return [list(self.vector) for _ in texts]

    def embed_query(self, text: str) -> list[float]:
        """The one vector."""
        return list(self.vector)

    async def aembed_query(self, text: str) -> list[float]:
        """The one vector, without a thread."""
        return self.embed_query(text)
