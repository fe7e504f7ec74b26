"""What the messages of a phase hold, each thing read once and only when asked for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from nodes.english.evidence import read_evidence
from nodes.english.spans import Evidence
from nodes.english.times import find_times
from nodes.english.verbs import is_role
from nodes.rules.clauses import Clause, clauses_in
from nodes.understanding.language import is_english
from nodes.understanding.own_values import Value, read_values
from nodes.understanding.sentences import Sentence, clean, sentences
from state.phases import Phase

_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|dozen|half|double|hundred)\b", re.IGNORECASE
)
_CHECKABLE = re.compile(
    r"\b(?:certificat\w*|certified|licen[cs]e\w*|degree|diploma|exam|award|accredit\w*|qualified|qualification|"
    r"charter\w*|"
    r"every (?:week|day|month|quarter|shift|monday|tuesday|wednesday|thursday|friday)|weekly|monthly|daily|zero|"
    r"published)\b",
    re.IGNORECASE,
)


def english_of(said: Iterable[str]) -> tuple[str, ...]:
    """The messages that the rules can read."""
    return tuple(message for message in said if is_english(clean(message)))


def measurable(clause: Clause) -> bool:
    """Whether a clause can be counted, has a date of its own, or a state that anyone can check."""
    told = f"{clause.text} {clause.lead_time}"
    return bool(_NUMBER.search(told) or _CHECKABLE.search(told) or find_times(told))


@dataclass(frozen=True)
class Material:
    """Messages in English, and what can be read of them."""

    said: tuple[str, ...]

    @cached_property
    def _sentences(self) -> list[Sentence]:
        return sentences(self.said)

    @cached_property
    def text(self) -> str:
        """The sentences that say something, one a line."""
        return "\n".join(sentence.text for sentence in self._sentences)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause said, in order."""
        return tuple(clauses_in(self._sentences))

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """The values named."""
        return tuple(read_values(self.said))

    @cached_property
    def evidence(self) -> Evidence:
        """What the evidence rules find."""
        return read_evidence(self.text)

    def holds(self, phase: Phase) -> bool:
        """Whether there is something for this phase: named values are enough for the values."""
        if phase is Phase.G6_VALUES and self.values:
            return True
        return any(len(clause.terms) >= 2 for clause in self.clauses) or self.roles

    @cached_property
    def roles(self) -> bool:
        """Whether a position is named."""
        return any(is_role(word) for word in re.findall(r"[A-Za-z-]+", self.text)) or bool(self.evidence.roles)

    @cached_property
    def countable(self) -> bool:
        """Whether anything said can be counted or checked."""
        return bool(self.evidence.quantities) or any(measurable(clause) for clause in self.clauses)
