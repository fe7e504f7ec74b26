"""Trying a configuration out on sample goals, without holding anybody else up."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar
from weakref import WeakValueDictionary

from fastapi import Depends

from server.http.held import held
from state.identity import TenantId

T = TypeVar("T")


class Trials:
    """Sample goals scored under a draft: one at a time, so that only one thread competes with the event loop, companies in turn.

    A lock serves its waiters in their order, and of each company only one request at a time gets to wait for the thread. So a
    company that asks without end holds another one up by one goal before each of its own.
    """

    def __init__(self) -> None:
        self._thread = asyncio.Lock()
        # Weak: a lock that nobody holds or waits for is gone.
        self._companies: WeakValueDictionary[TenantId, asyncio.Lock] = WeakValueDictionary()

    async def run(self, tenant: TenantId, goals: Sequence[Callable[[], T]]) -> list[T]:
        """What each of them returns, in their order."""
        async with self._companies.setdefault(tenant, asyncio.Lock()):
            return [await self._one(goal) for goal in goals]

    async def _one(self, goal: Callable[[], T]) -> T:
        async with self._thread:
            return await asyncio.to_thread(goal)


ServerTrials = Annotated[Trials, Depends(held(Trials))]
