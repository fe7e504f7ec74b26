"""What the rule coach says: it shows what it understood, quotes the company where that fits, and asks one thing."""

import re
from functools import partial

from nodes.coach import Briefing
from nodes.english.terms import terms
from nodes.quoting import UNSAFE, quote_about
from nodes.rules.answers.questions import ON_PAGE, SAYS
from nodes.rules.answers.replies import KEPT, SAVING, answers, questions_in
from nodes.rules.clauses import Clause, clean, read_clauses
from nodes.rules.compose_future import as_action
from nodes.rules.fitting import capital, cut_at_word, series
from nodes.rules.merging import merge
from nodes.rules.questions import doing, example
from nodes.rules.values import read_values
from nodes.understanding.language import is_english
from nodes.words import words_of
from state.conversation import Passage
from state.languages.choice import Language
from state.phases import Phase
from state.scorecard import Scorecard, to_mend

MOST_BULLETS = 8
LONGEST_OWN = 90
"""Characters of the employee's own words that a reply repeats at once."""
MOST_SWAPS = 2
REPLACED = "Changed: “{new}” instead of “{old}”."
TAKEN_OUT = "Taken out: “{old}”."
WRITING_NOW = "I will now write your goal from this."


def compose_reply(briefing: Briefing) -> str:
    """The whole reply: what was asked is answered first, then what was understood, and one thing is asked at the end."""
    parts = [*answers(briefing, partial(_best_quote, briefing)), _mended(briefing)]
    if briefing.does("content") or briefing.course == "refine":
        parts += [_understood(briefing), "" if any(questions_in(briefing)) else _citation(briefing)]
    parts.append(_closing(briefing))
    return " ".join(part for part in parts if part).replace("\n ", "\n")


def _best_quote(briefing: Briefing, question: str) -> tuple[str, Passage | None]:
    """The passage that answers a question best, and its sentence."""
    wanted = terms(question)
    quoted = [
        (len(terms(quote) & wanted), p.relevance, quote, p)
        for p in briefing.passages
        if (quote := quote_about(p, wanted))
    ]
    best = max(quoted, key=lambda entry: entry[:2], default=None)
    return (best[2], best[3]) if best else ("", None)


def _mended(briefing: Briefing) -> str:
    """What was replaced or taken out, so that the employee sees it was heard."""
    say = words_of(briefing.language).say
    told = []
    for swap in briefing.swaps[:MOST_SWAPS]:
        text = REPLACED if swap.new else TAKEN_OUT
        told.append(say(text, old=_clipped(swap.old), new=_clipped(swap.new)))
    return " ".join(told)


def _closing(briefing: Briefing) -> str:
    """What follows: a question, the draft, or its score."""
    say = words_of(briefing.language).say
    if briefing.course == "refine":
        return say(WRITING_NOW)
    if briefing.course == "score":
        return say(KEPT if briefing.does("request.keep") else SAVING)
    return briefing.question


def low_score_question(
    scorecard: Scorecard, said: tuple[str, ...], position: str | None, language: Language, skip: int = 0
) -> str:
    """The criterion that costs most points, or the next after it, in plain words, and one concrete question for it."""
    say = words_of(language).say
    ranked = to_mend(scorecard)
    name = ranked[min(skip, len(ranked) - 1)]["name"]
    clauses = merge(read_clauses(said))
    own = f" {say(YOU_WROTE, own=_clipped(clauses[-1].text))}" if clauses and len(clauses[-1].text) > 20 else ""
    plain, question = _LOW.get(name, (NOT_MET, WHAT_TO_ADD))
    return f"{say(plain, criterion=name.replace('_', ' '))}{own} {say(question)}"


def _clipped(text: str) -> str:
    """The text cut after a whole word."""
    return cut_at_word(text, LONGEST_OWN)


def help_example(briefing: Briefing, scorecard: Scorecard) -> str:
    """The form of a passing goal in the employee's own words, with blanks where only they can fill in."""
    clauses = [clause for clause in merge(read_clauses(briefing.said)) if clause.terms]
    build = {Phase.G6_VALUES: _values_form, Phase.G8_ACTIONS: _actions_form}.get(briefing.phase, _future_form)
    say = words_of(briefing.language).say
    missing = say(to_mend(scorecard)[0]["name"].replace("_", " "))
    return say(FORM, criterion=missing) + f"\n{build(briefing, clauses)}"


def _english(briefing: Briefing) -> tuple[str, ...]:
    return tuple(message for message in briefing.said if is_english(clean(message)))


def _understood(briefing: Briefing) -> str:
    if briefing.course == "refine":
        return _summary(briefing)
    last = _english(briefing)[-1:] if briefing.said and is_english(clean(briefing.said[-1])) else ()
    things = _things(briefing.phase, last)
    if not things:
        return ""
    say = words_of(briefing.language).say
    shown = things[:MOST_THINGS]
    if len(things) > MOST_THINGS:
        return say(NOTED_MORE, things=", ".join(shown), more=len(things) - MOST_THINGS)
    return say(_OPENERS[len(briefing.dialogue) // 2 % len(_OPENERS)], things=series(shown, say("and")))


def _things(phase: Phase, said: tuple[str, ...]) -> list[str]:
    if phase is Phase.G6_VALUES:
        return [value.name.lower() for value in read_values(said)]
    return [_clipped(doing(as_action(clause))) for clause in merge(read_clauses(said)) if clause.terms]


def _summary(briefing: Briefing) -> str:
    things = [capital(thing) for thing in _things(briefing.phase, _english(briefing))][:MOST_BULLETS]
    bullets = "\n".join(f"• {thing}" for thing in things)
    return f"{words_of(briefing.language).say(_READY[briefing.phase])}\n{bullets}\n" if bullets else ""


def _citation(briefing: Briefing) -> str:
    wanted = terms(" ".join(_english(briefing)))
    quoted = [(p.relevance, p, quote_about(p, wanted)) for p in briefing.passages]
    best = max(
        (entry for entry in quoted if entry[2]),
        key=lambda entry: (len(terms(entry[2]) & wanted), entry[0]),
        default=None,
    )
    if best is None:
        return ""
    say = words_of(briefing.language).say
    page = say(ON_PAGE, page=best[1].page) if best[1].page is not None else ""
    return say(SAYS, document=_title(best[1].document), page=page, quote=best[2])


def _title(document: str) -> str:
    title = re.sub(r"\.(?:pdf|docx?|pptx?|html?|md|txt)$", "", UNSAFE.sub(" ", document), flags=re.IGNORECASE)
    return re.sub(r"^(?:your|our|the)\s+", "", title.replace("_", " ").strip(), flags=re.IGNORECASE)[:80]


def _future_form(briefing: Briefing, clauses: list[Clause]) -> str:
    say = words_of(briefing.language).say
    frame = f"Within {briefing.horizon_months} months" if briefing.horizon_months else f"By {say(BY_WHEN)}"
    what = series([c.text for c in clauses[:2]]) if clauses else f"become {say(WHICH_ROLE)}"
    blanks = "" if any(c.counted for c in clauses) else f", with {say(WHICH_RESULT)} as the result"
    field = "" if clauses and len(clauses[0].terms) > 3 else f" in {say(WHICH_FIELD)}"
    return f"“{frame}, {what}{field}{blanks}.”"


def _values_form(briefing: Briefing, clauses: list[Clause]) -> str:
    say = words_of(briefing.language).say
    values = read_values(_english(briefing))[:3]
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


MOST_THINGS = 3
_OPENERS = ("So it is about {things}.", "Good, I have noted {things}.", "Understood: {things}.")
NOTED_MORE = "Good, I have noted {things} and {more} more."
_READY = {
    Phase.G4_FUTURE: "Now I have a clear picture of where you want to be:",
    Phase.G6_VALUES: "These are the values I understood:",
    Phase.G8_ACTIONS: "These are the steps I understood:",
}
FORM = "Most points are missing for {criterion}. This form would do; please fill in the blanks:"
# The forms are goals, so they are in English whatever the employee speaks; what they are to fill in isn't.
BY_WHEN, WHICH_ROLE, WHICH_FIELD = "[by when]", "[which role]", "[which field or team]"
WHICH_RESULT = "[how many: people, projects or per cent]"
ANOTHER_VALUE, HOW_IT_SHOWS = "[another value]", "[what you do that shows it]"
WHAT_TO_FINISH, HOW_MANY, HOW_LONG = "[what you will finish]", "[how many or how often]", "[how many]"
YOU_WROTE = "You wrote “{own}”."
NOT_MET, WHAT_TO_ADD = "“{criterion}” is not met yet.", "What could you add for it?"
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
__all__ = [
    "compose_reply",
    "example",
    "help_example",
    "low_score_question",
]
