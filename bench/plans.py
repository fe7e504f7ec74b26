"""Looks at what a search did: the plan of the very statement that ran, and how often it read each index."""

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from state.identity import TenantId
from state.records.database import QUERIES, Transaction

Row = TypeVar("Row")
SEARCH = "search_indexes"


class Watched(Transaction):
    """A transaction that keeps the plan of a search in it where it goes by indexes."""

    plan: Any = None

    async def all(self, row: Callable[..., Row], name: str, /, **params: object) -> list[Row]:
        """Every row as a `row` object; the plan first."""
        if name == SEARCH:
            explained = await self.connection.execute(b"explain (format json) " + QUERIES[name].encode(), params)
            told = await explained.fetchone()
            self.plan = told[0] if told else None
        return await super().all(row, name, **params)

    def indexes(self) -> set[str]:
        """The indexes that the plan names. What a function of ours reads inside isn't among them: see `reads`."""
        plan = json.loads(self.plan) if isinstance(self.plan, str) else self.plan
        return set(_indexes(plan))


async def reads(tx: Transaction, tenant: TenantId) -> tuple[int, int]:
    """How often this transaction has read a company's index by vector and its index by word."""
    row = await (
        await tx.connection.execute(
            "select pg_stat_get_xact_numscans(to_regclass(%s)), pg_stat_get_xact_numscans(to_regclass(%s))",
            (f"rag_near_{tenant.hex}", f"rag_words_{tenant.hex}"),
        )
    ).fetchone()
    return (int(row[0] or 0), int(row[1] or 0)) if row else (0, 0)


def _indexes(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _indexes(one)
    elif isinstance(part, dict):
        if "Index Name" in part:
            yield str(part["Index Name"])
        for one in part.values():
            yield from _indexes(one)
