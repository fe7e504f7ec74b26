"""Scores as they were stored, with what the judge saw, for replaying them. Nothing here writes."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from state.identity import TenantId
from state.records.database import Database, Transaction
from state.scorecard import Scorecard

BATCH = 200
"""Goals read in one transaction; none stays open while a language model thinks."""


@dataclass(frozen=True, slots=True)
class StoredScore:
    """A goal's score and all it takes to judge the goal again."""

    id: str
    company: str
    """The tenant's slug."""
    tenant_id: UUID
    phase: str
    content: str
    score_details: Scorecard
    exam: dict[str, Any] | None
    """None for a goal that was scored before exams were kept."""


@dataclass(frozen=True, slots=True)
class Judges:
    """How many goals one judge scored."""

    model: str
    prompt_version: str
    kept: bool
    """Whether what the judge saw is there."""
    goals: int


@dataclass(frozen=True, slots=True)
class Scope:
    """Which scores."""

    tenant: TenantId | None = None
    """None: every company's, read by the system role."""
    since: date = date.min
    every_version: bool = False
    """Also those of goals that a newer version replaced."""


def _reading(database: Database, scope: Scope) -> AbstractAsyncContextManager[Transaction]:
    return database.tenant(scope.tenant) if scope.tenant else database.system()


def _where(scope: Scope) -> dict[str, object]:
    return {"since": datetime.combine(scope.since, time(), UTC), "every_version": scope.every_version}


async def judges_of(database: Database, scope: Scope) -> list[Judges]:
    """Who judged the goals of the scope."""
    async with _reading(database, scope) as tx:
        return await tx.all(Judges, "judges_of_scores", **_where(scope))


async def stored_scores(database: Database, scope: Scope) -> AsyncIterator[StoredScore]:
    """Each score of the scope, oldest first."""
    after = ""
    while True:
        async with _reading(database, scope) as tx:
            batch = await tx.all(StoredScore, "stored_scores", after=after, limit=BATCH, **_where(scope))
        if not batch:
            return
        for score in batch:
            yield score
        after = batch[-1].id
