"""One friendly question for what is missing, in the employee's own words where there are any."""

import re
from dataclasses import dataclass

from nodes.rules.clauses import Clause
from nodes.rules.compose_future import with_article
from nodes.rules.first_person import depersonalise
from nodes.rules.values import read_values
from nodes.rules.verbs import gerund
from state.phases import Phase

LONGEST_QUOTE = 60
_EXAMPLES_FROM = 1
_GROWING = frozenset({"learn", "master", "study", "understand", "know", "develop", "become", "be"})
_MOODS = {
    "wordless": "I can only read words, so please tell me in a short sentence. ",
    "foreign": "I am sorry, I can only read English so far. Could you answer in English? ",
    "unsure": "That is fine, let us start small. ",
}
_FEW = re.compile(r"\b(?:team|group|crew|staff|department|shift|people|class)\b", re.IGNORECASE)
_COUNTED_NOUN = re.compile(
    r"\b((?:(?:junior|new|younger|young|student)\s+)?(?:developers|engineers|nurses|colleagues|juniors|apprentices|"
    r"trainees|starters|students|pupils|teachers|"
    r"cooks|chefs|clients|customers|patients|partners|projects|courses|books|drivers|assistants|people))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asking:
    """All that a question may draw on."""

    phase: Phase
    criterion: str
    times: int
    """How often this criterion was asked about already."""
    clauses: tuple[Clause, ...]
    said: tuple[str, ...]
    mood: str
    """`new`, `plain`, `unsure`, `foreign` or `wordless`: how the last message reads."""
    position: str | None
    months: int | None


def ask(asking: Asking) -> str:
    """The question, worded by how often it was asked, with an example from the second time on."""
    variants = _variants(asking)
    smaller = _SMALLER.get((asking.phase, asking.criterion))
    if asking.mood == "unsure" and smaller:
        variants = [smaller.format(work=_work(asking.position)), *variants]
    question = variants[asking.times % len(variants)]
    if asking.times >= _EXAMPLES_FROM or asking.mood == "unsure":
        question = f"{question} {example(asking.phase, asking.criterion)}"
    return _MOODS.get(asking.mood, "") + question


def own_question(criterion: str, description: str) -> str:
    """The question for a criterion that the company made."""
    return f"Your company also looks at {criterion.replace('_', ' ')}: {description.rstrip('.')}. What could you say about that?"


def example(phase: Phase, criterion: str) -> str:
    """An answer of somebody else's, to show the form."""
    return _EXAMPLES.get((phase, criterion), "")


def _variants(asking: Asking) -> list[str]:
    if (asking.phase, asking.criterion) == (Phase.G4_FUTURE, "measurability"):
        return _count_questions(asking.clauses)
    if (asking.phase, asking.criterion) == (Phase.G8_ACTIONS, "measurability"):
        return _finish_questions(asking.clauses)
    if (asking.phase, asking.criterion) == (Phase.G6_VALUES, "authenticity"):
        return _shown_questions(asking.said)
    if (asking.phase, asking.criterion) == (Phase.G8_ACTIONS, "specificity") and asking.clauses:
        return _more_actions(asking)
    span = "the next " if asking.phase is Phase.G8_ACTIONS else ""
    when = f" in {span}{asking.months} months" if asking.months else ""
    own = _quoted(asking.clauses)
    plain = _PLAIN.get((asking.phase, asking.criterion), ("Could you say a little more about it?",))
    first, *others = (text.format(when=when, work=_work(asking.position)) for text in plain)
    return [f"You mention “{own}”. {first}" if own else first, *others]


def _count_questions(clauses: tuple[Clause, ...]) -> list[str]:
    groups_first = sorted(clauses, key=lambda clause: clause.verb in _GROWING)
    found = [question for clause in groups_first if (question := _count_question(clause))]
    return [
        *dict.fromkeys(found),
        "How would you and your manager be able to tell that you got there: a number, a certificate, a finished "
        "piece of work?",
        "If somebody looked at your work then, what could they count or check that is different from today?",
    ]


def _count_question(clause: Clause) -> str:
    thing = f"“{_short(clause)}”"
    if clause.counted:
        return ""
    if _FEW.search(clause.object) and clause.verb in {"lead", "manage", "run", "head", "supervise", "build", "have"}:
        return f"You would like {_to(clause)}: how many people would that be?"
    if clause.verb not in _GROWING and (noun := _COUNTED_NOUN.search(clause.object)):
        return f"For {thing}: how many {noun.group(1).lower()} would that be?"
    if clause.verb in {
        "improve",
        "increase",
        "reduce",
        "grow",
        "raise",
        "lower",
        "cut",
        "decrease",
        "boost",
        "bring",
        "get",
    }:
        return f"For {thing}: by how much, from what to what?"
    if clause.verb in _GROWING:
        return f"For {thing}: what would show that you got there, for example a certificate, a number of projects or people?"
    return ""


def _finish_questions(clauses: tuple[Clause, ...]) -> list[str]:
    open_ones = [clause for clause in clauses if clause.verb and not clause.counted]
    found = [
        _count_question(clause) or f"For “{_short(clause)}”: how many or how often, and by when?"
        for clause in open_ones
    ]
    return [*dict.fromkeys(found), *_FINISHED]


def _more_actions(asking: Asking) -> list[str]:
    own = _quoted(asking.clauses)
    first = f"“{own}” is a start. " if own else ""
    when = f" in the next {asking.months} months" if asking.months else ""
    return [
        f"{first}Which two further steps will you take{when}, and how much or how many of each?",
        f"What else will you do{when}: a course to finish, a piece of work to deliver, a person to support?",
        "Could you list three steps, one a line, each with a number or a date?",
    ]


def _shown_questions(said: tuple[str, ...]) -> list[str]:
    bare = [value.name for value in read_values(said) if not value.shown]
    found = [f"You name {name.lower()}: what do you do at work that shows it?" for name in bare]
    return [*found, *_SHOWN]


def _to(clause: Clause) -> str:
    return f"to {_short(clause)}"


def _short(clause: Clause) -> str:
    """The clause, cut after a whole word."""
    words = clause.text[: LONGEST_QUOTE * 4].split()
    while len(" ".join(words)) > LONGEST_QUOTE:
        words.pop()
    return " ".join(words) or clause.text[:LONGEST_QUOTE]


def _quoted(clauses: tuple[Clause, ...]) -> str:
    fitting = [clause for clause in clauses if clause.terms]
    return _short(fitting[-1]) if fitting else ""


def _work(position: str | None) -> str:
    """`your work as a nurse`, from the profile."""
    title = depersonalise(re.sub(r"[^\w\s/&().-]", "", position or "")).strip()[:LONGEST_QUOTE]
    return f"your work as {with_article(title)}" if title else "your work"


def doing(clause: Clause) -> str:
    """A clause in the -ing form, to speak about it."""
    return f"{gerund(clause.verb)} {clause.object}".strip() if clause.verb else clause.text


_SHOWN = (
    "Take the value that matters most to you: what did you do last week that shows it?",
    "What would a colleague say that you always do?",
    "What do you never do at work, because it would go against what matters to you?",
)
_FINISHED = (
    "For each step: how many, how often, or what will be finished, and by when?",
    "Which of your steps could you tick off, and what would be there then that is not there today?",
    "Which number could stand in each step?",
)
_PLAIN: dict[tuple[Phase, str], tuple[str, ...]] = {
    (Phase.G4_FUTURE, "specificity"): (
        "Which role or which kind of work would you like to have{when}?",
        "Thinking of {work}: what would you like to do then that you do not do today?",
        "Which one skill, role or piece of work would make you proud{when}?",
    ),
    (Phase.G4_FUTURE, "time_bound"): (
        "By when would you like to be there?",
        "Which month or year do you have in mind?",
    ),
    (Phase.G6_VALUES, "clarity"): (
        "Which three to five values matter most to you at work? A single word for each is enough to begin with.",
        "Which other values guide you in {work}? I would like to know at least three.",
        "What should your colleagues be able to rely on when they work with you? Please name three things.",
    ),
    (Phase.G8_ACTIONS, "specificity"): (
        "Which three steps will you take{when}?",
        "Thinking of {work}: what will you learn, deliver, and whom will you support{when}?",
        "What is the first step that you could take next week, and the two after that?",
    ),
    (Phase.G8_ACTIONS, "time_bound"): (
        "By when will each step be done?",
        "Which of the steps comes first, and when is it finished?",
    ),
}
_SMALLER: dict[tuple[Phase, str], str] = {
    (
        Phase.G4_FUTURE,
        "specificity",
    ): "Thinking of {work}: which task do you enjoy so much that you would like to do more of it, "
    "or which role near you would you like to try?",
    (
        Phase.G4_FUTURE,
        "measurability",
    ): "A rough number is enough: how many people, projects or per cent would you be happy with?",
    (Phase.G6_VALUES, "clarity"): "Thinking of {work}: which colleague do you respect, and for which three qualities?",
    (Phase.G6_VALUES, "authenticity"): "Think of a good day in {work}: what did you do for others or for the work?",
    (
        Phase.G8_ACTIONS,
        "specificity",
    ): "Thinking of {work}: what could you learn, finish or help somebody with next month?",
    (Phase.G8_ACTIONS, "measurability"): "A rough number is enough: how many, how often, or by which month?",
}
_EXAMPLES: dict[tuple[Phase, str], str] = {
    (
        Phase.G4_FUTURE,
        "specificity",
    ): "For example: “lead the evening team”, “become a trainer” or “know the planning system well”.",
    (Phase.G4_FUTURE, "measurability"): "For example: “a team of 5 people”, “20% fewer complaints” or “pass the exam”.",
    (Phase.G6_VALUES, "clarity"): "For example: “honesty, teamwork, learning”.",
    (Phase.G6_VALUES, "authenticity"): "For example: “Honesty: I say early when something will be late”.",
    (
        Phase.G8_ACTIONS,
        "specificity",
    ): "For example: “finish the first-aid course by March, train 2 new colleagues, write the checklist”.",
    (Phase.G8_ACTIONS, "measurability"): "For example: “train 2 colleagues by May” or “review the list every Monday”.",
}
