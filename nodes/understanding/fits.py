"""Which of some facts a correction fits best."""

import re
from collections.abc import Sequence

from nodes.english.terms import terms
from nodes.english.verbs import leading_verb
from nodes.understanding.frames import Frame
from nodes.understanding.naming import akin
from nodes.understanding.values import counted
from nodes.understanding.wording import announced, repairs
from state.frame import Fact, contains

NEAR = 30
"""Letters before an amount or a time that tell what it is of."""

_NO_THINGS = terms("step steps item point action actions goal goals value values thing")
"""What a goal is made of, and no amount in it counts."""


def word_before(text: str, at: int) -> str:
    """The word that names a number, `level` of `level 7`; empty where what stands before it announces or counts."""
    found = _WORD_BEFORE.search(text, 0, at)
    word = found[1].lower() if found and announced(text) <= found.start(1) else ""
    return word if terms(word) and not leading_verb(word) else ""


_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s+$")


def counts_nothing(amount: str) -> bool:
    """Whether an amount, or a text of one, counts what a goal is made of: `two actions`."""
    return bool(counted(amount)) and counted(amount) <= _NO_THINGS


def counts_other(amount: str, said: str, facts: Sequence[Fact], held: Sequence[Fact]) -> bool:
    """Whether a new amount is of something else than all of some facts: it counts another thing, or is the number of a name."""
    thing = counted(amount)
    number = said.lower().find(amount.lower())
    named = terms(word_before(said, number)) if number >= 0 else frozenset()
    if not thing and not named:
        return False
    around = frozenset().union(*(terms(f["text"]) for fact in facts for f in held if f is fact or contains(f, fact)))
    if akin(thing | named, around):
        return False
    return bool(named or counts_nothing(amount) or len(facts) != 1 or not repairs(said))


def best_fits(facts: Sequence[Fact], held: Sequence[Fact], wanted: frozenset[str], frame: Frame) -> list[Fact]:
    """The facts that share most words with what is wanted: by their own words first, then by those before them, then by the
    whole that they stand in."""

    def shared(fact: Fact) -> tuple[int, int, int]:
        first = _first(fact, frame)
        around = frozenset().union(*(terms(other["text"]) for other in held if contains(other, first)))
        before = frame.texts[first["message_id"]][max(0, first["start"] - NEAR) : first["start"]]
        return akin(wanted, terms(fact["text"])), akin(wanted, terms(before)), akin(wanted, around)

    ranks = [shared(fact) for fact in facts]
    most = max(ranks, default=(0, 0, 0))
    return [fact for fact, rank in zip(facts, ranks, strict=True) if rank == most]


def _first(fact: Fact, frame: Frame) -> Fact:
    """The fact that was said first where this one stands now."""
    earlier = next((other for other in frame.facts if other["replaced_by"] == fact["id"]), None)
    return _first(earlier, frame) if earlier else fact
