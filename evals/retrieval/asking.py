"""Asks every question of the company's retriever: as its own company, and as each other one, to which nothing may leak."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from evals.retrieval.dataset import Answerable, Data, Question, Unanswerable
from evals.retrieval.measure import (
    CITED,
    DEEPEST,
    Answered,
    Leak,
    Measured,
    Refusal,
    Right,
    Timing,
    judge_answer,
    leaked,
)
from evals.retrieval.pipeline import Installation, Told, install
from retrievers import search
from state.conversation import Passage
from state.records.database import Database


async def measure(data: Data, url: str, told: Told) -> Measured:
    """Upload all documents into the empty database at `url` and ask all questions."""
    async with Database.connect(url, pool_size=4) as database:
        installation = await install(data, database, told)
        asking = _Asking(data, installation)
        questions = (*data.answerable, *data.unanswerable)
        for done, question in enumerate(questions):
            told("Asking", done, len(questions))
            await asking.ask(question)
        told("Asking", len(questions), len(questions))
    return Measured(
        model=installation.library.model.name,
        floor=search.FLOOR,
        uploaded=installation.uploaded,
        answered=asking.answered,
        refusals=asking.refusals,
        leaks=asking.leaks,
        asked_across=asking.across,
        timings=asking.timings,
        wanted=data.wanted,
    )


class _Asking:
    """Asks, and collects what came."""

    def __init__(self, data: Data, installation: Installation) -> None:
        self.answered: list[Answered] = []
        self.refusals: list[Refusal] = []
        self.leaks: list[Leak] = []
        self.timings: list[Timing] = []
        self.across = 0
        self._data = data
        self._all = installation

    async def ask(self, question: Question) -> None:
        """Ask as the coach does, then deeper, then as everybody else."""
        cited = await self._timed(question)
        with _floor(0.0):
            found = await self._passages(question, question.org, DEEPEST)
        if isinstance(question, Answerable):
            self.answered.append(await self._answered(question, found))
        elif isinstance(question, Unanswerable):
            top = found[0].relevance if found else 0.0
            self.refusals.append(Refusal(question.id, question.org, len(cited), top, question.kind == "near"))
        for other in self._all.tenants:
            if other != question.org:
                await self._passages(question, other, DEEPEST)
                self.across += 1

    async def _answered(self, question: Answerable, found: Sequence[Passage]) -> Answered:
        right = self._right(question)
        tenant = self._all.tenants[question.org]
        held = any(one.tenant_id == tenant and right.holds(one.document_id, one.content) for one in self._all.stored)
        shown = await self._passages(question, question.org, DEEPEST)
        return judge_answer(question.id, question.org, right, shown, found, held)

    def _right(self, question: Answerable) -> Right:
        documents = self._all.documents[question.org]
        files = self._data.right_files(question)
        # A file that was refused has no document, and then nothing is right.
        return Right(frozenset(documents[file] for file in files if file in documents), question.expected_substring)

    async def _timed(self, question: Question) -> tuple[Passage, ...]:
        before, started = self._all.timed.spent, time.perf_counter()
        passages = await self._passages(question, question.org, CITED)
        embedding = self._all.timed.spent - before
        self.timings.append(Timing(embedding, time.perf_counter() - started - embedding))
        return passages

    async def _passages(self, question: Question, org: str, k: int) -> tuple[Passage, ...]:
        tenant = self._all.tenants[org]
        passages = await search.CompanyRetriever(tenant=tenant, library=self._all.library, k=k).passages(
            question.question
        )
        self.leaks += [Leak(question.id, org)] * leaked(tenant, self._all.stored, passages)
        return passages


@contextmanager
def _floor(height: float) -> Iterator[None]:
    """Let the search cite from this relevance on. Asked one after the other, nothing else searches meanwhile."""
    before = search.FLOOR
    search.FLOOR = height
    try:
        yield
    finally:
        search.FLOOR = before
