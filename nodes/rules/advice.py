"""What to do about a low score: one question, and the form of a goal that would pass."""

from nodes.coach import Briefing
from nodes.english.fitting import capital, cut_at_word, series
from nodes.rules.clauses import Clause, read_clauses
from nodes.rules.material import Material, english_of, measurable
from nodes.rules.merging import merge
from nodes.understanding.own_values import read_values
from nodes.words import words_of
from state.languages.choice import Language
from state.phases import Phase
from state.scorecard import Scorecard, to_mend

LONGEST_OWN = 90
"""Characters of the employee's own words that are repeated at once."""
SHORTEST_OWN = 20
"""Fewer tell nothing worth repeating."""
FORM = "Most points are missing for {criterion}. This form would do; please fill in the blanks:"
# The forms are goals, so they are in English whatever the employee speaks; what they are to fill in isn't.
BY_WHEN, WHICH_ROLE, WHICH_FIELD = "[by when]", "[which role]", "[which field or team]"
WHICH_RESULT = "[how many: people, projects or per cent]"
ANOTHER_VALUE, HOW_IT_SHOWS = "[another value]", "[what you do that shows it]"
WHAT_TO_FINISH, HOW_MANY, HOW_LONG = "[what you will finish]", "[how many or how often]", "[how many]"
YOU_WROTE = "You wrote “{own}”."
NOT_MET, WHAT_TO_ADD = "“{criterion}” is not met yet.", "What could you add for it?"
MORE_OF_A_ROLE = "What will you do then that you do not do today?"
MORE_OF_A_STEP = "What exactly will you do, and what will be finished then?"
_LOW: dict[str, tuple[str, str]] = {
    "specificity": (
        "It does not say clearly enough what exactly you mean.",
        "Which role, task or field do you mean?",
    ),
    "measurability": (
        "It does not say yet how anyone could tell that you got there.",
        "Which number or finished result would show it?",
    ),
    "time_bound": ("It does not say by when.", "Which month or date do you have in mind?"),
    "alignment": (
        "I can't see yet how it fits what your company asks for.",
        "Which aim of your company or team does it help with?",
    ),
    "clarity": (
        "The values are not named clearly enough yet.",
        "Which three to five words name what matters most to you?",
    ),
    "authenticity": (
        "It does not show yet how you live these values.",
        "What do you do at work that shows the first of them?",
    ),
    "company_alignment": (
        "I can't see yet how it meets your company's values.",
        "Which value of your company do you share, and how does it show?",
    ),
    "achievability": (
        "I can't see yet that the plan fits your time.",
        "Which steps will you really finish, and when?",
    ),
}


def question(card: Scorecard, briefing: Briefing, *, again: bool) -> str:
    """The criterion that costs most points, `again` the next after it, in plain words, and one concrete question for it."""
    say = words_of(briefing.language).say
    name = to_mend(card)[: 2 if again else 1][-1]["name"]
    told = [lacking(name, briefing.language), _own_words(briefing), say(_asked_for(name, briefing))]
    return " ".join(filter(None, told))


def _asked_for(name: str, briefing: Briefing) -> str:
    """What to ask for, never for what was told: a step has no role, and whoever named a role is asked what they will do in it."""
    if name == "specificity" and briefing.phase is Phase.G8_ACTIONS:
        return MORE_OF_A_STEP
    if name == "specificity" and Material(english_of(briefing.said)).roles:
        return MORE_OF_A_ROLE
    return _LOW.get(name, (NOT_MET, WHAT_TO_ADD))[1]


def lacking(criterion: str, language: Language) -> str:
    """What a goal lacks that doesn't meet a criterion, in plain words."""
    plain, _ = _LOW.get(criterion, (NOT_MET, WHAT_TO_ADD))
    return words_of(language).say(plain, criterion=criterion.replace("_", " "))


def _own_words(briefing: Briefing) -> str:
    clauses = [clause for clause in merge(read_clauses(briefing.said)) if len(clause.text) > SHORTEST_OWN]
    own = next((clause for clause in clauses if not measurable(clause)), clauses[-1] if clauses else None)
    return words_of(briefing.language).say(YOU_WROTE, own=cut_at_word(own.text, LONGEST_OWN)) if own else ""


def example(card: Scorecard, briefing: Briefing) -> str:
    """The form of a passing goal in the employee's own words, with blanks where only they can fill in."""
    clauses = [clause for clause in merge(read_clauses(briefing.said)) if clause.terms]
    build = {Phase.G6_VALUES: _values_form, Phase.G8_ACTIONS: _actions_form}.get(briefing.phase, _future_form)
    say = words_of(briefing.language).say
    missing = say(to_mend(card)[0]["name"].replace("_", " "))
    return say(FORM, criterion=missing) + f"\n{build(briefing, clauses)}"


def _future_form(briefing: Briefing, clauses: list[Clause]) -> str:
    say = words_of(briefing.language).say
    frame = f"Within {briefing.horizon_months} months" if briefing.horizon_months else f"By {say(BY_WHEN)}"
    what = series([c.text for c in clauses[:2]]) if clauses else f"become {say(WHICH_ROLE)}"
    blanks = "" if any(c.counted for c in clauses) else f", with {say(WHICH_RESULT)} as the result"
    field = "" if clauses and len(clauses[0].terms) > 3 else f" in {say(WHICH_FIELD)}"
    return f"“{frame}, {what}{field}{blanks}.”"


def _values_form(briefing: Briefing, clauses: list[Clause]) -> str:
    say = words_of(briefing.language).say
    values = read_values(english_of(briefing.said))[:3]
    lines = [f"• {capital(v.name)}: {v.shown or say(HOW_IT_SHOWS)}" for v in values]
    lines += [f"• {say(ANOTHER_VALUE)}: {say(HOW_IT_SHOWS)}"] * (3 - len(lines))
    return "\n".join(["Core values:", *lines])


def _actions_form(briefing: Briefing, clauses: list[Clause]) -> str:
    say = words_of(briefing.language).say
    due = f" by {say(BY_WHEN)}"
    lines = [capital(c.text) + ("" if c.counted else f" {say(HOW_MANY)}") + due for c in clauses[:3]]
    lines += [say(WHAT_TO_FINISH) + due] * (3 - len(lines))
    return "\n".join(
        [
            f"{briefing.horizon_months or say(HOW_LONG)}-month action plan:",
            *(f"{i}. {line}" for i, line in enumerate(lines, 1)),
        ]
    )
