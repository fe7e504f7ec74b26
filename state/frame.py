"""The frame: what an employee said, as facts with a place in their messages, and what has become of each (SETTLED: The coach)."""

from collections.abc import Iterable
from typing import Literal, NotRequired

from typing_extensions import TypedDict

ActName = Literal[
    "content",
    "correction",
    "withdrawal",
    "yes",
    "no",
    "question",
    "request",
    "refusal",
    "feeling",
    "chatter",
    "crisis",
    "other_language",
]
POSSIBLE = "possible"
"""What a crisis is about where it may be none."""
FactKind = Literal["role", "deliverable", "amount", "date", "frequency", "value", "reason"]
FactState = Literal["holds", "replaced", "withdrawn"]


class Act(TypedDict):
    """What a piece of a message does."""

    act: ActName
    about: NotRequired[str]
    """Which question (`process`, `term`, `company`), request (`example`, `write`, `skip`, `delete`, `rename`, `finish`,
    `keep`) or chatter (`unsure`, `reminder`, `meant`) it is, and `possible` of a crisis that may be none; absent where an act
    has no kinds."""
    span: tuple[int, int]
    """Its place in the message: [start, end)."""


def does(acts: Iterable[Act], *names: str) -> bool:
    """Whether one of the acts is one of these, given as `request.skip` or as the act alone."""
    return any(act["act"] in names or f"{act['act']}.{act.get('about')}" in names for act in acts)


def stops_the_coach(acts: Iterable[Act]) -> bool:
    """Whether somebody is in danger; where that is only possible, help is offered and the conversation goes on."""
    return any(act["act"] == "crisis" and act.get("about") != POSSIBLE for act in acts)


class Fact(TypedDict):
    """One thing said. A fact inside another's place is a detail of it: replacing it changes what the other says."""

    id: str
    phase: str
    kind: FactKind
    text: str
    """What it says; for a correction what it puts in the place of the fact it replaces."""
    message_id: str
    start: int
    end: int
    """Its place in the message: [start, end)."""
    state: FactState
    replaced_by: str | None


class ReadLine(TypedDict):
    """What a message turned out to do."""

    id: str
    acts: list[Act]
    withheld: bool
    """Whether it is for the employee's eyes only: somebody is in danger, or may be."""


class Learned(TypedDict):
    """What a turn adds to the frame: new and changed facts, and the messages it read."""

    facts: list[Fact]
    lines: list[ReadLine]


NOTHING_LEARNED = Learned(facts=[], lines=[])


def holding(facts: list[Fact], phase: str) -> list[Fact]:
    """The facts of a phase that hold, in the order they were said."""
    return [fact for fact in facts if fact["phase"] == phase and fact["state"] == "holds"]


def contains(outer: Fact, inner: Fact) -> bool:
    """Whether one fact is a detail of another: inside its place and smaller."""
    return (
        outer["message_id"] == inner["message_id"]
        and outer["start"] <= inner["start"]
        and inner["end"] <= outer["end"]
        and (outer["end"] - outer["start"]) > (inner["end"] - inner["start"])
    )


def whole(facts: list[Fact], outer: Fact) -> list[Fact]:
    """A fact with its details, theirs, and what was put in their place: everything that goes when it goes."""
    found = {outer["id"]: outer}
    while more := [fact for fact in facts if fact["id"] not in found and _belongs(fact, found)]:
        found |= {fact["id"]: fact for fact in more}
    return list(found.values())


def _belongs(fact: Fact, found: dict[str, Fact]) -> bool:
    """Whether it is a detail of one of these, or took the place of such a detail."""
    replaced = any(other["replaced_by"] == fact["id"] for other in found.values())
    return replaced or any(contains(other, fact) for other in found.values())
