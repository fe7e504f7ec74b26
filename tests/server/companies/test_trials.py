"""Sample goals scored under drafts: one thread, companies in turn."""

import asyncio
import gc
import threading
from collections.abc import Callable
from functools import partial
from uuid import UUID

from server.companies.trials import Trials
from state.identity import proven_tenant

LARGE, SMALL = (proven_tenant(UUID(int=n)) for n in (1, 2))


async def test_companies_take_turns_goal_by_goal_however_much_one_asks_for() -> None:
    trials, scored = Trials(), list[str]()
    begun = asyncio.Event()
    loop, let_go = asyncio.get_running_loop(), threading.Event()

    def first() -> None:
        loop.call_soon_threadsafe(begun.set)
        let_go.wait(60)
        scored.append("large")

    large: list[Callable[[], None]] = [partial(scored.append, "large")] * 3
    busy = [
        asyncio.create_task(trials.run(LARGE, [first, *large])),
        *(asyncio.create_task(trials.run(LARGE, large)) for _ in range(5)),
    ]
    await begun.wait()
    small = asyncio.create_task(trials.run(SMALL, [partial(scored.append, "small")] * 3))
    await asyncio.sleep(0)
    let_go.set()
    await asyncio.gather(*busy, small)
    assert scored[:6] == ["large", "small"] * 3
    assert scored.count("large") == 19


async def test_only_one_goal_is_scored_at_a_time_and_answers_keep_their_order() -> None:
    trials, free = Trials(), threading.Lock()

    def score(goal: int) -> int:
        assert free.acquire(blocking=False)
        threading.Event().wait(0.001)
        free.release()
        return goal

    goals = [partial(score, n) for n in range(10)]
    answers = await asyncio.gather(*(trials.run(tenant, goals) for tenant in (LARGE, SMALL, LARGE, SMALL)))
    assert answers == [list(range(10))] * 4


async def test_nothing_is_kept_of_companies_that_have_their_answer_or_failed() -> None:
    trials = Trials()

    def fail() -> None:
        raise ValueError("no goal")

    tenants = [proven_tenant(UUID(int=n)) for n in range(50)]
    results = await asyncio.gather(*(trials.run(one, [fail]) for one in tenants), return_exceptions=True)
    assert {type(result) for result in results} == {ValueError}
    del results
    gc.collect()
    assert len(trials._companies) == 0
