"""Which facts stand inside others, and which a goal lists."""

from collections.abc import Sequence

from state.frame import Fact, contains

_UNLISTED = frozenset({"date", "frequency", "amount", "reason"})


def top_level(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that are no detail of another of them."""
    return [fact for fact in facts if not any(contains(other, fact) for other in facts)]


def lists(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that a goal lists one by one: steps, values, wishes."""
    return [fact for fact in top_level(facts) if fact["kind"] not in _UNLISTED]
