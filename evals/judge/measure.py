"""Shares of rows that are read right."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from evals.judge.data import TODAY, Data, Dated, Told
from evals.scoring.judging import PRESENT, level, precision_recall_f1
from nodes.english.times import due_days

Row = TypeVar("Row")
WANTED = 0.92
"""Of each reading, on texts that the rules never saw."""
WANTED_F1 = 0.85


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one part, and what it must reach."""

    name: str
    value: float
    wanted: float

    @property
    def held(self) -> bool:
        """Whether it is reached."""
        return self.value >= self.wanted


def figures(data: Data) -> tuple[Figure, ...]:
    """Every figure of one part."""
    missing = [(not row.measurable, not says(row, "measurability")) for row in data.told]
    return (
        Figure("measure read right", _share(data.told, measure_right), WANTED),
        Figure("time read right", _share(data.told, time_right), WANTED),
        Figure("F1 of “measurability is missing”", precision_recall_f1(missing)[2], WANTED_F1),
        Figure("dates right", _share(data.dated, date_right), WANTED),
    )


def says(row: Told, criterion: str) -> bool:
    """Whether the judge counts a criterion as present."""
    return level(row.text, criterion, row.phase) >= PRESENT


def measure_right(row: Told) -> bool:
    """Whether the judge sees what can be checked, or that nothing can."""
    return says(row, "measurability") == row.measurable


def time_right(row: Told) -> bool:
    """Whether the judge sees a time, or that there is none."""
    return says(row, "time_bound") == row.time_bound


def date_right(row: Dated) -> bool:
    """Whether the calendar's last day is the one the text names."""
    days = [due.day for due in due_days(row.text, TODAY)]
    return max(days, default=None) == row.due


def _share(rows: list[Row], right: Callable[[Row], bool]) -> float:
    return sum(map(right, rows)) / len(rows) if rows else 0.0
