"""What is still missing before a goal can be written, and the one question that asks for it. Pure; serves both "
"coaches."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from nodes.coach import Exam, Gap
from nodes.english.evidence import read_evidence
from nodes.english.spans import Evidence
from nodes.english.times import find_times
from nodes.rules.clauses import Clause, Sentence, clauses_in, clean, sentences
from nodes.rules.judge import judge
from nodes.rules.meta import has_words
from nodes.rules.questions import Asking, ask, own_question
from nodes.rules.values import Value, read_values
from nodes.rules.verbs import is_role
from nodes.understanding.language import is_english
from state.languages.choice import SOURCE, Language
from state.phases import Phase
from state.rubric import DEFAULT_RUBRICS, Rubric

PATIENCE = 2
"""Questions about one criterion after which what was said must do."""
UNMET = 4.0
"""A criterion of the tenant's own at or below this level is asked about once."""
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


@dataclass(frozen=True)
class _Said:
    """What the phase's messages hold, each thing read once and only when asked for."""

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

    @cached_property
    def substance(self) -> bool:
        """Whether there is anything a goal could be made of."""
        return any(len(clause.terms) >= 2 for clause in self.clauses) or self.roles

    def holds(self, phase: Phase) -> bool:
        """Whether there is something for this phase: named values are enough for the values."""
        return (phase is Phase.G6_VALUES and bool(self.values)) or self.substance

    @cached_property
    def roles(self) -> bool:
        """Whether a position is named."""
        return any(is_role(word) for word in re.findall(r"[A-Za-z-]+", self.text)) or bool(self.evidence.roles)

    @cached_property
    def countable(self) -> bool:
        """Whether anything said can be counted or checked."""
        return bool(self.evidence.quantities) or any(measurable(clause) for clause in self.clauses)


def find_gap(
    phase: Phase,
    said: tuple[str, ...],
    asked: tuple[str, ...],
    horizon_months: int | None,
    position: str | None = None,
    rubric: Rubric | None = None,
    *,
    go_on: bool = False,
    unsure: bool = False,
    language: Language = SOURCE,
) -> Gap | None:
    """The criterion that costs most of those still missing under the rubric, and one question that asks for it.

    None when enough is known to refine, what is missing was asked for often enough, or the employee wants to `go_on` and there is
    something to go on with. Without a rubric the phase's own holds.
    """
    rubric = rubric or DEFAULT_RUBRICS[phase]
    english = tuple(message for message in said if is_english(clean(message)))
    if go_on and said and not english:
        return None
    material = _Said(english)
    gaps = _gaps(phase, material, horizon_months, rubric)
    if not gaps or (material.holds(phase) and go_on):
        return None
    missing = max(gaps, key=lambda name: (asked.count(name) < _patience(name), gaps[name]))
    if material.holds(phase) and asked.count(missing) >= _patience(missing):
        return None
    if missing not in _ASKED_BY_RULES:
        return Gap(missing, own_question(missing, rubric.criteria[missing].description, language))
    if not material.holds(phase):
        missing = _rotate(phase, asked)
    asking = Asking(
        phase,
        missing,
        asked.count(missing),
        material.clauses,
        english,
        _mood(said, unsure),
        position,
        horizon_months,
        language,
    )
    return Gap(missing, ask(asking))


def measurable(clause: Clause) -> bool:
    """Whether a clause can be counted, has a date of its own, or a state that anyone can check."""
    told = f"{clause.text} {clause.lead_time}"
    return bool(_NUMBER.search(told) or _CHECKABLE.search(told) or find_times(told))


def _rotate(phase: Phase, asked: tuple[str, ...]) -> str:
    """The first criterion until it was asked often enough, then the others in turn."""
    names = _NAMES[phase]
    return names[(len(asked) // PATIENCE) % len(names)]


def _mood(said: tuple[str, ...], unsure: bool) -> str:
    """How the last message reads when it says nothing of a goal."""
    if unsure:
        return "unsure"
    if not said:
        return "new"
    last = clean(said[-1])
    if not has_words(last):
        return "wordless"
    if not is_english(last):
        return "foreign"
    return "plain"


def _gaps(phase: Phase, material: _Said, horizon_months: int | None, rubric: Rubric) -> dict[str, float]:
    """What each missing criterion of the rubric costs: its weight times the points that what was said lacks."""
    missing = list(_CHECKS[phase](material))
    if phase is not Phase.G6_VALUES and horizon_months is None and not material.evidence.times:
        missing.append("time_bound")
    own = () if missing else tuple(name for name in rubric.criteria if name not in _JUDGED_BY_RULES)
    names = own or [name for name in missing if name in rubric.criteria]
    if not names:
        return {}
    exam = Exam(phase, material.text, (), rubric, (), rag_enabled=False, today=date.min, threshold=0.0)
    levels = {verdict.name: verdict.score for verdict in judge(exam).verdicts}
    return {
        name: rubric.criteria[name].weight * (10 - levels[name]) for name in names if not own or levels[name] <= UNMET
    }


def _patience(name: str) -> int:
    return PATIENCE if name in _ASKED_BY_RULES else 1


def _missing_future(material: _Said) -> Iterator[str]:
    directed = material.roles or any(clause.verb and len(clause.terms) >= 3 for clause in material.clauses)
    if not directed:
        yield "specificity"
    if not material.countable:
        yield "measurability"


def _missing_values(material: _Said) -> Iterator[str]:
    values = material.values
    if len(values) < FEWEST_VALUES:
        yield "clarity"
    if not values or sum(bool(value.shown) for value in values) * 5 < len(values) * 2:
        yield "authenticity"


def _missing_actions(material: _Said) -> Iterator[str]:
    actions = [clause for clause in material.clauses if len(clause.terms) >= 2]
    strong = sum(measurable(action) for action in actions)
    if len(actions) < FEWEST_ACTIONS and (strong < FEWEST_STRONG_ACTIONS or strong < len(actions)):
        yield "specificity"
    if not actions or strong * 5 < len(actions) * 2:
        yield "measurability"


_CHECKS: dict[Phase, Callable[[_Said], Iterator[str]]] = {
    Phase.G4_FUTURE: _missing_future,
    Phase.G6_VALUES: _missing_values,
    Phase.G8_ACTIONS: _missing_actions,
}
_ASKED_BY_RULES = frozenset(("specificity", "measurability", "time_bound", "clarity", "authenticity"))
_JUDGED_BY_RULES = _ASKED_BY_RULES | {"achievability", "alignment", "company_alignment"}
_NAMES: dict[Phase, tuple[str, ...]] = {
    Phase.G4_FUTURE: ("specificity", "measurability"),
    Phase.G6_VALUES: ("clarity", "authenticity"),
    Phase.G8_ACTIONS: ("specificity", "measurability"),
}
