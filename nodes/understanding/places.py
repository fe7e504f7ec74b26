"""Which facts stand inside others, and which a goal lists."""

from collections.abc import Sequence

from state.frame import Fact, contains

_UNLISTED = frozenset({"date", "frequency", "amount", "reason"})


def top_level(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that are no detail of another of them, in their order; each is compared with the widest before it only."""
    outer: dict[str, Fact] = {}
    details: set[str] = set()
    for fact in sorted(facts, key=lambda one: (one["start"], -one["end"])):
        widest = outer.get(fact["message_id"])
        if widest and contains(widest, fact):
            details.add(fact["id"])
        elif not widest or fact["end"] > widest["end"]:
            outer[fact["message_id"]] = fact
    return [fact for fact in facts if fact["id"] not in details]


def lists(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that a goal lists one by one: steps, values, wishes."""
    return [fact for fact in top_level(facts) if fact["kind"] not in _UNLISTED]


def stands_in(fact: Fact, whole: Fact, every: Sequence[Fact]) -> bool:
    """Whether a fact is a detail of another, or was put in the place of one, directly or through others."""
    return contains(whole, fact) or any(
        stands_in(other, whole, every) for other in every if other["replaced_by"] == fact["id"]
    )
