"""What is still missing before a goal can be written. Pure."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from nodes.coach import PATIENCE, Briefing, Exam, Gap
from nodes.rules.judge import judge
from nodes.rules.material import Material, english_of, measurable
from nodes.understanding.language import is_english
from nodes.understanding.sentences import clean
from state.phases import Phase
from state.rubric import Rubric

UNMET = 4.0
"""A criterion of the tenant's own at or below this level is asked about once."""
FEWEST_VALUES = 3
FEWEST_ACTIONS = 3
FEWEST_STRONG_ACTIONS = 2
LONG_AGO = date(2, 1, 1)
"""A day after which every date lies; the calendar's first has no day before it."""


def find_gap(briefing: Briefing, *, go_on: bool = False) -> Gap | None:
    """The criterion that costs most of those still missing under the rubric.

    None when enough is known to refine, what is missing was asked for often enough, or the employee wants to `go_on` and there is
    something to go on with.
    """
    phase, asked = briefing.phase, briefing.asked
    if briefing.said and not is_english(clean(briefing.said[-1])):
        return _foreign_gap(briefing)
    material = Material(english_of(briefing.said))
    some = material.holds(phase)
    if go_on and (some or (briefing.said and not material.said)):
        return None
    gaps = _gaps(phase, material, briefing.horizon_months, briefing.rubric)
    if not gaps:
        return None
    missing = max(gaps, key=lambda name: (asked.count(name) < _patience(name), gaps[name]))
    if some and asked.count(missing) >= _patience(missing):
        return None
    return Gap(missing if some or missing not in ASKED_BY_RULES else _rotate(phase, asked))


def _foreign_gap(briefing: Briefing) -> Gap | None:
    """What to ask once of words that the rules can't read and keep as they are: a number, or more than one value."""
    text = "\n".join(briefing.said)
    if briefing.phase is Phase.G6_VALUES:
        name, lacks = "clarity", len(_LISTED.findall(text)) < FEWEST_VALUES - 1
    else:
        name, lacks = "measurability", not any(map(str.isdigit, text))
    return Gap(name) if lacks and name in briefing.rubric.criteria and not briefing.asked else None


_LISTED = re.compile(r"[,;\n]|\.\s|\s(?:und|oder|y|e|et|i|oraz)\s", re.IGNORECASE)
"""What stands between things listed, in German, Spanish, French and Polish."""


def _rotate(phase: Phase, asked: tuple[str, ...]) -> str:
    """The first criterion until it was asked often enough, then the others in turn."""
    names = _NAMES[phase]
    return names[(len(asked) // PATIENCE) % len(names)]


def _gaps(phase: Phase, material: Material, horizon_months: int | None, rubric: Rubric) -> dict[str, float]:
    """What each missing criterion of the rubric costs: its weight times the points that what was said lacks."""
    missing = list(_CHECKS[phase](material))
    if phase is not Phase.G6_VALUES and horizon_months is None and not material.evidence.times:
        missing.append("time_bound")
    own = () if missing else tuple(name for name in rubric.criteria if name not in _JUDGED_BY_RULES)
    names = own or [name for name in missing if name in rubric.criteria]
    if not names:
        return {}
    exam = Exam(phase, material.text, (), rubric, (), rag_enabled=False, today=LONG_AGO, threshold=0.0)
    levels = {verdict.name: verdict.score for verdict in judge(exam).verdicts}
    return {
        name: rubric.criteria[name].weight * (10 - levels[name]) for name in names if not own or levels[name] <= UNMET
    }


def _patience(name: str) -> int:
    return PATIENCE if name in ASKED_BY_RULES else 1


def _missing_future(material: Material) -> Iterator[str]:
    directed = material.roles or any(
        clause.verb and (len(clause.terms) >= 3 or clause.counted or (len(clause.terms) == 2 and material.countable))
        for clause in material.clauses
    )
    if not directed:
        yield "specificity"
    if not material.countable:
        yield "measurability"


def _missing_values(material: Material) -> Iterator[str]:
    values = material.values
    if len(values) < FEWEST_VALUES:
        yield "clarity"
    if not values or sum(bool(value.shown) for value in values) * 5 < len(values) * 2:
        yield "authenticity"


def _missing_actions(material: Material) -> Iterator[str]:
    actions = [clause for clause in material.clauses if len(clause.terms) >= 2]
    strong = sum(measurable(action) for action in actions)
    if len(actions) < FEWEST_ACTIONS and (strong < FEWEST_STRONG_ACTIONS or strong < len(actions)):
        yield "specificity"
    if not actions or strong * 5 < len(actions) * 2:
        yield "measurability"


_CHECKS: dict[Phase, Callable[[Material], Iterator[str]]] = {
    Phase.G4_FUTURE: _missing_future,
    Phase.G6_VALUES: _missing_values,
    Phase.G8_ACTIONS: _missing_actions,
}
ASKED_BY_RULES = frozenset(("specificity", "measurability", "time_bound", "clarity", "authenticity"))
_JUDGED_BY_RULES = ASKED_BY_RULES | {"achievability", "alignment", "company_alignment"}
_NAMES: dict[Phase, tuple[str, ...]] = {
    Phase.G4_FUTURE: ("specificity", "measurability"),
    Phase.G6_VALUES: ("clarity", "authenticity"),
    Phase.G8_ACTIONS: ("specificity", "measurability"),
}
