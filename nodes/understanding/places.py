"""Which facts stand inside others, and which a goal lists."""

from collections.abc import Sequence

from state.frame import Fact

_UNLISTED = frozenset({"date", "frequency", "amount", "reason"})


def contains(outer: Fact, inner: Fact) -> bool:
    """Whether one fact is a detail of another: inside its place and smaller."""
    return (
        outer["message_id"] == inner["message_id"]
        and outer["start"] <= inner["start"]
        and inner["end"] <= outer["end"]
        and (outer["end"] - outer["start"]) > (inner["end"] - inner["start"])
    )


def top_level(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that are no detail of another of them."""
    return [fact for fact in facts if not any(contains(other, fact) for other in facts)]


def lists(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that a goal lists one by one: steps, values, wishes."""
    return [fact for fact in top_level(facts) if fact["kind"] not in _UNLISTED]
