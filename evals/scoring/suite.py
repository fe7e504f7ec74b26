"""What a suite gives: its examples, its figures and its bars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evals.bars import Bar

Value = str | float | bool | None


@dataclass(frozen=True, slots=True)
class Example:
    """One case: what went in, what was expected, what came out."""

    id: str
    inputs: Mapping[str, Value]
    expected: Mapping[str, Value]
    got: Mapping[str, Value]
    right: bool


@dataclass(frozen=True, slots=True)
class Suite:
    """Everything that one suite measured."""

    name: str
    about: str
    """One line: what is asked, of which data."""
    examples: Sequence[Example]
    bars: Sequence[Bar]
    figures: Mapping[str, float] = field(default_factory=dict)
    """Figures without a bar."""
    series: Mapping[str, Sequence[float]] = field(default_factory=dict)
    """Samples for a plot, by name."""


def share(parts: Sequence[bool]) -> float:
    """How many of them hold, 0-1; 0 of none."""
    return sum(parts) / len(parts) if parts else 0.0


def at_least(name: str, wanted: float, got: float) -> Bar:
    """A bar that a figure must reach."""
    return Bar(name, f"at least {wanted:g}", f"{got:.3f}", got >= wanted)


def at_most(name: str, wanted: float, got: float) -> Bar:
    """A bar that a figure must not exceed."""
    return Bar(name, f"at most {wanted:g}", f"{got:.3f}".rstrip("0").rstrip("."), got <= wanted)
