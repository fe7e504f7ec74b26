"""What is still missing before a goal can be written, and the one question that asks for it. Pure; serves both "
"coaches."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from nodes.coach import Gap
from nodes.evidence import Evidence, read_evidence
from nodes.evidence.times import find_times
from nodes.rules.clauses import Clause, clean, read_clauses, sentences
from nodes.rules.meta import has_words, is_done, is_foreign, is_unsure
from nodes.rules.questions import Asking, ask
from nodes.rules.terms import terms
from nodes.rules.values import read_values
from nodes.rules.verbs import is_role
from state.phases import Phase

PATIENCE = 2
"""Questions about one criterion after which what was said must do."""
FEWEST_VALUES = 3
FEWEST_ACTIONS = 3
FEWEST_STRONG_ACTIONS = 2
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


@dataclass(frozen=True, slots=True)
class _Said:
    """What the phase's messages hold, read once."""

    said: tuple[str, ...]
    text: str
    clauses: tuple[Clause, ...]
    evidence: Evidence

    @property
    def substance(self) -> bool:
        """Whether there is anything a goal could be made of."""
        return any(len(clause.terms) >= 2 for clause in self.clauses) or bool(self.roles)

    def holds(self, phase: Phase) -> bool:
        """Whether there is something for this phase: named values are enough for the values."""
        return self.substance or (phase is Phase.G6_VALUES and bool(read_values(self.said)))

    @property
    def roles(self) -> bool:
        """Whether a position is named."""
        return bool(self.evidence.roles) or any(is_role(word) for word in re.findall(r"[A-Za-z-]+", self.text))

    @property
    def countable(self) -> bool:
        """Whether anything said can be counted or checked."""
        return bool(self.evidence.quantities) or any(measurable(clause) for clause in self.clauses)


def find_gap(
    phase: Phase, said: tuple[str, ...], asked: tuple[str, ...], horizon_months: int | None, position: str | None = None
) -> Gap | None:
    """The most valuable thing missing with one question that asks for it, or None when enough is known to refine."""
    english = tuple(message for message in said if not is_foreign(clean(message)))
    material = _read(english)
    missing = _missing(phase, material, horizon_months)
    if missing and material.holds(phase) and (_wants_to_go_on(said) or asked.count(missing) >= PATIENCE):
        return None
    if not missing:
        return None
    if not material.holds(phase):
        missing = _rotate(phase, asked)
    asking = Asking(
        phase, missing, asked.count(missing), material.clauses, english, _mood(said), position, horizon_months
    )
    return Gap(missing, ask(asking))


def measurable(clause: Clause) -> bool:
    """Whether a clause can be counted, has a date of its own, or a state that anyone can check."""
    told = f"{clause.text} {clause.lead_time}"
    return bool(_NUMBER.search(told) or _CHECKABLE.search(told) or find_times(told))


def _read(said: tuple[str, ...]) -> _Said:
    text = "\n".join(sentence.text for sentence in sentences(said))
    return _Said(said, text, tuple(read_clauses(said)), read_evidence(text))


def _wants_to_go_on(said: tuple[str, ...]) -> bool:
    return bool(said) and is_done(said[-1])


def _rotate(phase: Phase, asked: tuple[str, ...]) -> str:
    """The first criterion until it was asked often enough, then the others in turn."""
    names = _NAMES[phase]
    return names[(len(asked) // PATIENCE) % len(names)]


def _mood(said: tuple[str, ...]) -> str:
    """How the last message reads when it says nothing of a goal."""
    if not said:
        return "new"
    last = clean(said[-1])
    if not has_words(last):
        return "wordless"
    if is_foreign(last):
        return "foreign"
    return "unsure" if is_unsure(last) and len(terms(last)) < 8 else "plain"


def _missing(phase: Phase, material: _Said, horizon_months: int | None) -> str:
    check = _CHECKS[phase](material) if phase in _CHECKS else ""
    if not check and phase is not Phase.G6_VALUES and horizon_months is None and not material.evidence.times:
        return "time_bound"
    return check


def _missing_future(material: _Said) -> str:
    directed = material.roles or any(clause.verb and len(clause.terms) >= 3 for clause in material.clauses)
    if not directed:
        return "specificity"
    return "" if material.countable else "measurability"


def _missing_values(material: _Said) -> str:
    values = read_values(material.said)
    if len(values) < FEWEST_VALUES:
        return "clarity"
    return "" if sum(bool(value.shown) for value in values) * 5 >= len(values) * 2 else "authenticity"


def _missing_actions(material: _Said) -> str:
    actions = [clause for clause in material.clauses if len(clause.terms) >= 2]
    strong = sum(measurable(action) for action in actions)
    if len(actions) < FEWEST_ACTIONS and (strong < FEWEST_STRONG_ACTIONS or strong < len(actions)):
        return "specificity"
    return "" if strong * 5 >= len(actions) * 2 else "measurability"


_CHECKS: dict[Phase, Callable[[_Said], str]] = {
    Phase.G4_FUTURE: _missing_future,
    Phase.G6_VALUES: _missing_values,
    Phase.G8_ACTIONS: _missing_actions,
}
_NAMES: dict[Phase, tuple[str, ...]] = {
    Phase.G4_FUTURE: ("specificity", "measurability"),
    Phase.G6_VALUES: ("clarity", "authenticity"),
    Phase.G8_ACTIONS: ("specificity", "measurability"),
}
