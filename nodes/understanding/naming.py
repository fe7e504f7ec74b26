"""Which of the things said some words name."""

import re
from collections.abc import Sequence

from nodes.english.terms import stem
from state.frame import Fact


def stems(text: str) -> frozenset[str]:
    """Stems of all the words of a text, small ones too."""
    return frozenset(map(stem, re.findall(r"[^\W\d_]+", text)))


def named(held: Sequence[Fact], wanted: frozenset[str]) -> list[Fact]:
    """The facts that share most words with what is wanted."""
    shared = [akin(wanted, stems(fact["text"])) for fact in held]
    most = max(shared, default=0)
    return [fact for fact, count in zip(held, shared, strict=True) if count == most] if most else []


def akin(wanted: frozenset[str], said: frozenset[str]) -> int:
    """How many of the wanted stems are said, `mentor` and `ment` being one."""
    return sum(any(one == other or _grown(one, other) for other in said) for one in wanted)


def _grown(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= SHORTEST_ROOT and (one.startswith(other) or other.startswith(one))


SHORTEST_ROOT = 4
"""Letters from which two stems of which one begins with the other are of one word."""
