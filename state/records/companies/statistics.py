"""Statistics of sessions and goals: sums that the database makes, and what is left out where they tell of single people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from state.phases import GoalType
from state.records.database import Transaction

FEWEST = 5
"""The smallest group that is broken down."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts and averages over everything there is."""

    total_tenants: int
    active_tenants: int
    total_sessions: int
    active_sessions: int
    completed_sessions: int
    abandoned_sessions: int
    total_messages_today: int
    total_goals_created: int
    goals_by_type: dict[GoalType, int]
    avg_completion_rate: float
    avg_session_duration_minutes: int
    avg_score: float


@dataclass(frozen=True, slots=True)
class DayRow:
    """The sessions that began on one day, by what became of them until now."""

    day: date
    total: int
    active: int
    completed: int
    abandoned: int


@dataclass(frozen=True, slots=True)
class ScoreBin:
    """The final goals of a phase whose score lies in [bin, bin + 1); in the last bin, 9, also those with 10."""

    phase: str
    bin: int
    goals: int
    points: float
    """The sum of their scores."""


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """How the final goals of a phase did by one criterion; goals that were judged without it don't count."""

    phase: str
    name: str
    goals: int
    avg_score: float


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """How many of the sessions came how far."""

    created: int
    basic_information: int
    g4_future: int
    g6_values: int
    g8_actions: int
    finished: int
    quartiles: list[float] | None
    """Minutes from the beginning to the end that a quarter, a half and three quarters of the finished ones took at most."""


@dataclass(frozen=True, slots=True)
class Window:
    """Whole days of UTC, both included."""

    first: date
    last: date

    @classmethod
    def of_days(cls, days: int) -> "Window":
        """The last so many days, today included."""
        today = datetime.now(UTC).date()
        return cls(today - timedelta(days=days - 1), today)

    @property
    def bounds(self) -> dict[str, object]:
        """From when until before when."""
        begin = datetime.combine(self.first, time(), UTC)
        return {"since": begin, "until": datetime.combine(self.last, time(), UTC) + timedelta(days=1)}

    @property
    def days(self) -> list[date]:
        """Each day."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


async def overview(tx: Transaction) -> Overview:
    """What the transaction sees, in sum."""
    row = await tx.first(Overview, "stats_overview")
    if row is None:
        raise RuntimeError("an aggregate without a row")
    return row


async def series(tx: Transaction, window: Window) -> list[DayRow]:
    """Each day of the window, in order."""
    rows = {row.day: row for row in await tx.all(DayRow, "stats_series", **window.bounds)}
    return [rows.get(day) or DayRow(day, 0, 0, 0, 0) for day in window.days]


async def scores(tx: Transaction, window: Window) -> list[ScoreBin]:
    """The scores of the final goals, counted in steps of one; steps without a goal are left out."""
    return await tx.all(ScoreBin, "stats_scores", **window.bounds)


async def criteria(tx: Transaction, window: Window) -> list[CriterionRow]:
    """Each criterion of each phase, in the rubric's order."""
    return await tx.all(CriterionRow, "stats_criteria", **window.bounds)


async def funnel(tx: Transaction, window: Window) -> FunnelRow:
    """How far the sessions came that began within the window."""
    row = await tx.first(FunnelRow, "stats_funnel", **window.bounds)
    if row is None:
        raise RuntimeError("an aggregate without a row")
    return row


def too_few(sizes: Sequence[int]) -> list[bool]:
    """Which of several groups that lie beside each other must not be broken down.

    A group under five, and for its sake the next larger ones until those left out hold five people together, which takes two
    groups: the parts of a single one would be the total's less those of all the others.
    """
    hidden = [0 < size < FEWEST for size in sizes]
    while 0 < sum(size for size, left_out in zip(sizes, hidden, strict=True) if left_out) < FEWEST:
        shown = [n for n, size in enumerate(sizes) if size and not hidden[n]]
        if not shown:
            break
        hidden[min(shown, key=lambda n: sizes[n])] = True
    return hidden
