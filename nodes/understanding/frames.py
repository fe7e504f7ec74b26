"""The frame while a message is read into it: all facts, and what the message did to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from nodes.understanding.acts import Heard
from nodes.understanding.values import worth
from state.frame import Fact, contains, holding
from state.phases import ORDER

Unclear = Literal["", "amount", "date", "frequency", "withdrawal", "choice"]


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the employee's."""

    id: str
    phase: str
    text: str
    others: frozenset[str] = frozenset()
    """Other phases of whose goals it speaks; it can change nothing else of theirs."""

    @property
    def phases(self) -> tuple[str, ...]:
        """Its own phase first, then the others that it speaks of, the latest first."""
        return (self.phase, *(phase.value for phase in reversed(ORDER) if phase.value in self.others - {self.phase}))


@dataclass(slots=True)
class Frame:
    """All facts of a conversation, and what the latest message did to them."""

    facts: list[Fact]
    texts: Mapping[str, str]
    """Messages by id, the latest included."""
    mended: set[str] = field(default_factory=set)
    """Phases in which something was replaced or withdrawn."""
    unclear: Unclear = ""
    """What a correction or withdrawal left open: the coach asks."""
    heard: list[Heard] = field(default_factory=list)
    """What the latest message does, with what was said before in mind."""

    def put(self, number: int, fact: Fact) -> None:
        """Change a fact in place."""
        self.facts[number] = fact
        self.mended.add(fact["phase"])

    def holding(self, phase: str) -> list[Fact]:
        """Facts of a phase that hold."""
        return holding(self.facts, phase)

    def replace(self, old: Fact, new: Fact | None) -> None:
        """An old fact, with its details, gives way to a new one or to nothing."""
        for number, fact in enumerate(self.facts):
            if fact["state"] == "holds" and (fact["id"] == old["id"] or contains(old, fact)):
                state: Literal["replaced", "withdrawn"] = "replaced" if new else "withdrawn"
                self.put(number, {**fact, "state": state, "replaced_by": new["id"] if new else None})

    def said(self, words: str, message: Message) -> tuple[Fact, int, int] | None:
        """The smallest, latest fact that holds these words, and where they stand."""
        for phase in message.phases:
            latest_first = list(reversed(self.holding(phase)))
            for fact in sorted(latest_first, key=lambda f: f["end"] - f["start"]):
                place = worth(words, fact, self.texts[fact["message_id"]])
                if place:
                    return fact, *place
        return None
