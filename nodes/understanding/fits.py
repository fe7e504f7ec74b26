"""Which of some facts a correction fits best."""

from collections.abc import Mapping, Sequence

from nodes.english.terms import terms
from state.frame import Fact, contains

NEAR = 30
"""Letters before an amount or a time that tell what it is of."""


def best_fits(
    facts: Sequence[Fact], held: Sequence[Fact], wanted: frozenset[str], texts: Mapping[str, str]
) -> list[Fact]:
    """The facts that share most words with what is wanted: by their own words first, then by those before them, then by the
    whole that they stand in."""

    def shared(fact: Fact) -> tuple[int, int, int]:
        around = frozenset().union(*(terms(other["text"]) for other in held if contains(other, fact)))
        before = texts[fact["message_id"]][max(0, fact["start"] - NEAR) : fact["start"]]
        return len(wanted & terms(fact["text"])), len(wanted & terms(before)), len(wanted & around)

    ranks = [shared(fact) for fact in facts]
    most = max(ranks, default=(0, 0, 0))
    return [fact for fact, rank in zip(facts, ranks, strict=True) if rank == most]
