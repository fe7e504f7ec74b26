"""`petraf rescore`: judges stored goals again and says which scores come out as they did.

It writes nothing and prints nobody's words.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from graph.replay import CannotReplay, Replayer
from graph.tools import open_coaches
from nodes.rules.judge import MODEL as RULES
from server.settings import Settings
from state.company import Company
from state.errors import PetrafError
from state.identity import proven_tenant
from state.records.companies.tenants import company_of
from state.records.database import Database
from state.records.sessions.scores import Scope, StoredScore, judges_of, stored_scores
from state.scorecard import CriterionScore, Scorecard

MOST_NAMED = 5
"""Goals named for each reason why some can't be replayed."""
HEADINGS = ("goal", "company", "stored", "now", "what moved")


class ScoresDiffer(PetrafError):
    """{count} of the rule coach's scores don't come out again from the very same exam, see above. Either its rules were changed
    without a new version (PROMPT_VERSION in nodes/rules/judge.py), or the stored goals were changed. Find out which before
    you rely on scores."""

    code = "SCORES_DIFFER"


@dataclass(frozen=True, slots=True)
class Difference:
    """A score that came out otherwise."""

    goal: str
    company: str
    stored: float
    now: float
    moved: tuple[str, ...]
    by_rules: bool


@dataclass(slots=True)
class Report:
    """What replaying found."""

    same: int = 0
    different: list[Difference] = field(default_factory=list)
    left: dict[str, list[str]] = field(default_factory=dict)
    """Goals that can't be replayed, by reason."""

    def add(self, stored: StoredScore, now: Scorecard) -> None:
        """Compare one score."""
        if difference := compare(stored, now):
            self.different.append(difference)
        else:
            self.same += 1

    @property
    def alarms(self) -> int:
        """Scores that rules gave and the same rules don't give again."""
        return sum(difference.by_rules for difference in self.different)

    def lines(self) -> list[str]:
        """The report as it is printed."""
        out = _table([HEADINGS, *map(_row, self.different)]) if self.different else []
        for reason, goals in sorted(self.left.items()):
            more = f" and {len(goals) - MOST_NAMED} more" if len(goals) > MOST_NAMED else ""
            out.append(f"{len(goals)} can't be replayed, {reason}: {', '.join(goals[:MOST_NAMED])}{more}")
        unplayed = sum(map(len, self.left.values()))
        total = self.same + len(self.different) + unplayed
        told = f"{self.same} identical, {len(self.different)} different, {unplayed} not replayed"
        return [*out, f"Scored goals: {total}, {told}."]


def compare(stored: StoredScore, now: Scorecard) -> Difference | None:
    """What differs; None when the score and each criterion's score are the same."""
    before = stored.score_details
    moved = _moved(before["criteria"], now["criteria"])
    if before["score"] == now["score"] and not moved:
        return None
    by_rules = before["model"] == RULES
    return Difference(
        stored.id, stored.company, before["score"], now["score"], (*moved, *_weights(before, now)), by_rules
    )


def _moved(before: Sequence[CriterionScore], after: Sequence[CriterionScore]) -> tuple[str, ...]:
    old, new = _levels(before), _levels(after)
    return tuple(
        f"{name} {_told(old.get(name))} → {_told(new.get(name))}"
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    )


def _levels(criteria: Sequence[CriterionScore]) -> dict[str, float]:
    return {c["name"]: c["score"] for c in criteria}


def _told(level: float | None) -> str:
    return "none" if level is None else f"{level:g}"


def _weights(before: Scorecard, now: Scorecard) -> tuple[str, ...]:
    new = {c["name"]: c["weight"] for c in now["criteria"]}
    return tuple(
        f"weight of {c['name']} {c['weight']} → {new[c['name']]}"
        for c in before["criteria"]
        if new.get(c["name"], c["weight"]) != c["weight"]
    )


def _row(difference: Difference) -> tuple[str, ...]:
    moved = ", ".join(difference.moved) or "only the total"
    return difference.goal, difference.company, f"{difference.stored:.1f}", f"{difference.now:.1f}", moved


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


async def rescore(settings: Settings, database: Database, scope: Scope, current: bool) -> Report:
    """Replay every score of the scope, with a bar; `current` judges by the companies' present rubrics instead."""
    judges = await judges_of(database, scope)
    report, companies = Report(), _Companies(database)
    async with open_coaches(settings.coach_name, settings.api_key(), settings.openai_base_url) as choose:
        replayer = Replayer(choose, any_version=current)
        _announce(replayer.calls(judges))
        with _bar() as bar:
            task = bar.add_task("judging again", total=sum(judge.goals for judge in judges))
            async for stored in stored_scores(database, scope):
                company = await companies.of(stored.tenant_id) if current else None
                try:
                    report.add(stored, await replayer.score(stored, company))
                except CannotReplay as error:
                    report.left.setdefault(error.message, []).append(stored.id)
                bar.advance(task)
    return report


@dataclass(slots=True)
class _Companies:
    """Each company's present settings, read once."""

    database: Database
    _read: dict[UUID, Company] = field(default_factory=dict)

    async def of(self, tenant_id: UUID) -> Company:
        if tenant_id not in self._read:
            async with self.database.tenant(proven_tenant(tenant_id)) as tx:
                self._read[tenant_id] = await company_of(tx)
        return self._read[tenant_id]


def _announce(calls: dict[str, int]) -> None:
    """Say what language models will be asked, and let somebody at a terminal stop it."""
    for model, goals in calls.items():
        print(
            f"Goals judged by {model}: {goals}. Replaying calls it that often, three times for a goal near the threshold; "
            "your provider may charge for it.",
            file=sys.stderr,
        )
    if calls and _at_terminal():
        typer.confirm("Go on?", abort=True, err=True)


def _at_terminal() -> bool:
    return sys.stdin.isatty()


def _bar() -> Progress:
    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    return Progress(*columns, console=Console(stderr=True), transient=not sys.stderr.isatty())
