"""Alignment follows from the passages that were found, so another company's documents change it."""

import asyncio
import os
from collections.abc import Mapping

from evals.retrieval.pipeline import Installation, install, scratch_database
from evals.scoring.data import Data
from evals.scoring.judging import level
from evals.scoring.suite import Example, Suite, Value, at_least, at_most, share
from retrievers.search import CompanyRetriever
from state.conversation import Passage
from state.phases import GOAL_PHASES, Phase
from state.records.database import Database

MOST_GOALS = 100
CRITERION = "alignment"


def alignment(data: Data) -> Suite:
    """Each goal by the documents of every company, retrieved as the product does; and with a company's mere name in it."""
    goals = {pair.id: pair.smart for pair in data.pairs[:MOST_GOALS]}
    with scratch_database(os.environ.get("PETRAF_DATABASE_URL") or None) as url:
        found = asyncio.run(_passages(url, data, goals))
    examples = [_example(number, goal, found[number]) for number, goal in goals.items()]
    cited = [e for e in examples if e.got["cited"]]
    named = [
        _rise_by_name(goal, name, by_company[name])
        for (_, goal), by_company in zip(goals.items(), found.values(), strict=True)
        for name in by_company
    ]
    return Suite(
        "alignment",
        f"{len(goals)} goals with the documents of {len(data.companies.organisations)} companies; {len(cited)} goals touch any",
        examples,
        (
            at_least("another company's documents change the level", 0.80, share([e.right for e in cited])),
            at_most("most points that a company's name adds", 0.0, max([0.0, *named])),
        ),
        {"goals that touch a company's documents": share([bool(e.got["cited"]) for e in examples])},
    )


async def _passages(url: str, data: Data, goals: Mapping[str, str]) -> dict[str, dict[str, tuple[Passage, ...]]]:
    """What each company's search finds for each goal."""
    async with Database.connect(url, pool_size=2) as database:
        installed = await install(data.companies, database, lambda what, done, of: None)
        return {number: await _of_goal(installed, goal) for number, goal in goals.items()}


async def _of_goal(installed: Installation, goal: str) -> dict[str, tuple[Passage, ...]]:
    categories = GOAL_PHASES[Phase.G4_FUTURE].categories
    return {
        name: await CompanyRetriever(tenant=tenant, library=installed.library, categories=categories).passages(goal)
        for name, tenant in installed.tenants.items()
    }


def _example(number: str, goal: str, found: Mapping[str, tuple[Passage, ...]]) -> Example:
    """Right when the company whose documents fit best gives another level than most others."""
    levels = {name: level(goal, CRITERION, passages=passages, company=name) for name, passages in found.items()}
    best = max(found, key=lambda name: max((p.relevance for p in found[name]), default=0.0))
    others = [levels[name] for name in found if name != best]
    changed = share([other != levels[best] for other in others])
    got: dict[str, Value] = {
        "best": best,
        "level": levels[best],
        "others": " ".join(map(str, others)),
        "cited": bool(found[best]),
    }
    return Example(number, {"goal": goal}, {"changed": True}, got, changed > 0.5)


def _rise_by_name(goal: str, name: str, passages: tuple[Passage, ...]) -> float:
    named = f"{goal.rstrip(' .')} at {name.capitalize()}."
    return level(named, CRITERION, passages=passages, company=name) - level(
        goal, CRITERION, passages=passages, company=name
    )
