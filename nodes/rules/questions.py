"""One friendly question for what is missing, in the employee's own words where there are any."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from nodes.coach import Briefing, Gap
from nodes.english.lexicon import singular
from nodes.english.things import with_article
from nodes.english.verbs import gerund
from nodes.rules.clauses import Clause
from nodes.rules.material import Material, english_of, measurable
from nodes.understanding.language import is_english
from nodes.understanding.meta import has_words
from nodes.understanding.own_values import read_values
from nodes.understanding.sentences import clean
from nodes.varied import unsaid
from nodes.words import words_of
from state.conversation import Line
from state.languages.choice import SOURCE, Language
from state.phases import Phase

LONGEST_QUOTE = 60
_EXAMPLES_FROM = 1
_GROWING = frozenset({"learn", "master", "study", "understand", "know", "develop", "become", "be"})
_MOODS = {
    "wordless": ("I can only read words, so please tell me in a short sentence.",),
    "foreign": (
        "I understand you in your language and take your own words as they are; only scoring works in English alone.",
        "I take your own words as they are.",
    ),
    "unsure": (
        "That is fine, let us start small.",
        "No problem, it need not be perfect.",
        "Then let us try it another way.",
    ),
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
    """How the last message reads: `new`, `plain`, `unsure`, `foreign`, `wordless`, or `shown` where an example was asked for."""
    position: str | None
    months: int | None
    language: Language = SOURCE
    dialogue: tuple[Line, ...] = ()
    """The latest lines: what was asked in them is asked in other words."""

    @property
    def say(self) -> Callable[..., str]:
        """A text in the language of the question, its placeholders filled in."""
        return words_of(self.language).say


def asking_of(gap: Gap, briefing: Briefing) -> Asking:
    """What the question for a gap may draw on."""
    english = english_of(briefing.said)
    return Asking(
        briefing.phase,
        gap.criterion,
        briefing.asked.count(gap.criterion),
        Material(english).clauses,
        english,
        _mood(briefing),
        briefing.profile.get("position"),
        briefing.horizon_months,
        briefing.language,
        briefing.dialogue,
    )


def _mood(briefing: Briefing) -> str:
    """How the last message reads when it says nothing of a goal."""
    if briefing.does("chatter.unsure"):
        return "unsure"
    if briefing.does("request.example"):
        return "shown"
    if not briefing.said:
        return "new"
    last = clean(briefing.said[-1])
    if not has_words(last):
        return "wordless"
    return "foreign" if briefing.does("content", "correction") and not is_english(last) else "plain"


def ask(asking: Asking) -> str:
    """The question, worded by how often it was asked and as it wasn't lately, with an example from the second time on."""
    variants = _variants(asking)
    smaller = _SMALLER.get((asking.phase, asking.criterion))
    if asking.mood == "unsure" and smaller:
        variants = [asking.say(smaller, work=_work(asking)), *variants]
    first = asking.times % len(variants)
    question = unsaid([*variants[first:], *variants[:first]], asking.dialogue)
    if asking.mood != "shown" and (asking.times >= _EXAMPLES_FROM or asking.mood == "unsure"):
        question = f"{question} {_new_example(asking)}".strip()
    mood = _MOODS.get(asking.mood, ("",))
    return f"{unsaid(list(map(asking.say, mood)), asking.dialogue)} {question}".strip()


def _new_example(asking: Asking) -> str:
    """The example, unless it was shown lately."""
    shown = asking.say(example(asking.phase, asking.criterion))
    return "" if any(shown in line["content"] for line in asking.dialogue) else shown


OWN_QUESTION = "Your company also looks at {criterion}: {description}. What could you say about that?"


def own_question(criterion: str, description: str, language: Language) -> str:
    """The question for a criterion that the company made."""
    name = criterion.replace("_", " ")
    return words_of(language).say(OWN_QUESTION, criterion=name, description=description.rstrip("."))


def example(phase: Phase, criterion: str) -> str:
    """An answer of somebody else's, to show the form."""
    return _EXAMPLES.get((phase, criterion), "")


def _variants(asking: Asking) -> list[str]:
    make = _MADE.get((asking.phase, asking.criterion))
    if make and (asking.criterion != "specificity" or asking.clauses):
        return make(asking)
    plain = _PLAIN.get((asking.phase, asking.criterion), (MORE,))
    first, *others = (asking.say(text, work=_work(asking), months=asking.months or "") for text in plain)
    named = asking.phase is Phase.G6_VALUES and asking.mood != "new" and bool(read_values(asking.said))
    return [*others, first] if named else [first, *others]  # whoever named one value is asked for the others


def _count_questions(asking: Asking) -> list[str]:
    groups_first = sorted(asking.clauses, key=lambda clause: clause.verb in _GROWING)
    found = [question for clause in groups_first if (question := _count_question(clause, asking))]
    return [*dict.fromkeys(found), *map(asking.say, _COUNTABLE)]


def _count_question(clause: Clause, asking: Asking) -> str:
    thing = _short(clause)
    if clause.counted:
        return ""
    if _FEW.search(clause.object) and clause.verb in _HAVING:
        return asking.say(HOW_MANY_PEOPLE, thing=thing)
    if clause.verb not in _GROWING and (noun := _COUNTED_NOUN.search(clause.object)):
        return asking.say(HOW_MANY, thing=thing, noun=noun.group(1).lower())
    if clause.verb in _CHANGING:
        return asking.say(BY_HOW_MUCH, thing=thing)
    return asking.say(WHAT_SHOWS, thing=thing) if clause.verb in _GROWING and asking.phase is Phase.G4_FUTURE else ""


def _finish_questions(asking: Asking) -> list[str]:
    open_ones = [clause for clause in asking.clauses if clause.verb and not measurable(clause)]
    found = [
        _count_question(c, asking) or asking.say(HOW_OFTEN if _of_many(c) else BY_WHEN, thing=_short(c))
        for c in open_ones
    ]
    return [*dict.fromkeys(found), *map(asking.say, _FINISHED)]


def _of_many(clause: Clause) -> bool:
    """Whether a clause speaks of several things, or of none that could be finished: `call clients`, not `finish the course`."""
    first = clause.object.split(" ", 1)[0].lower()
    thing = _UP_TO_PREPOSITION.split(clause.object)[0].split()
    return not thing or (first not in _ONE and singular(thing[-1].lower()) != thing[-1].lower())


_UP_TO_PREPOSITION = re.compile(r"[,;(]|\s(?:in|of|for|at|with|on|to|by|from|who|that|until|every)\s", re.IGNORECASE)
_ONE = frozenset({"a", "an", "the", "this", "one"})


def _more_actions(asking: Asking) -> list[str]:
    first = [asking.say(TWO_MORE)] if len(asking.clauses) == 1 else []
    return [*first, asking.say(WHAT_ELSE), asking.say(LIST_THREE)]


def _shown_questions(asking: Asking) -> list[str]:
    bare = [value.name for value in read_values(asking.said) if not value.shown]
    return [*(asking.say(SHOW_VALUE, name=name.lower()) for name in bare), *map(asking.say, _SHOWN)]


MORE = "Could you say a little more about it?"
HOW_MANY_PEOPLE = "You would like to “{thing}”: how many people would that be?"
HOW_MANY = "For “{thing}”: how many {noun} would that be?"
BY_HOW_MUCH = "For “{thing}”: by how much, from what to what?"
WHAT_SHOWS = (
    "For “{thing}”: what would show that you got there, for example a certificate, a number of projects or people?"
)
HOW_OFTEN = "For “{thing}”: how many or how often, and by when?"
BY_WHEN = "For “{thing}”: by when?"
TWO_MORE = "Which two further steps will you take, and how much or how many of each?"
WHAT_ELSE = "What else will you do: a course to finish, a piece of work to deliver, a person to support?"
LIST_THREE = "Could you list three steps, one a line, each with a number or a date?"
SHOW_VALUE = "You name {name}: what do you do at work that shows it?"
YOUR_WORK, YOUR_WORK_AS = "your work", "your work as {title}"
_HAVING = frozenset({"lead", "manage", "run", "head", "supervise", "build", "have"})
_CHANGING = frozenset(
    {"improve", "increase", "reduce", "grow", "raise", "lower", "cut", "decrease", "boost", "bring", "get"}
)
_COUNTABLE = (
    "How would you and your manager be able to tell that you got there: a number, a certificate, a finished piece of work?",
    "If somebody looked at your work then, what could they count or check that is different from today?",
)


def _short(clause: Clause) -> str:
    """The clause, cut after a whole word."""
    words = clause.text[: LONGEST_QUOTE * 4].split()
    while len(" ".join(words)) > LONGEST_QUOTE:
        words.pop()
    return " ".join(words) or clause.text[:LONGEST_QUOTE]


def _work(asking: Asking) -> str:
    """`your work as a nurse`, from the profile."""
    title = re.sub(r"[^\w\s/&().-]", "", asking.position or "").strip()[:LONGEST_QUOTE]
    if not title:
        return asking.say(YOUR_WORK)
    return asking.say(YOUR_WORK_AS, title=with_article(title) if asking.language == SOURCE else title)


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
        "Which role or which kind of work would you like to have in {months} months?",
        "Thinking of {work}: what would you like to do then that you do not do today?",
        "Which one skill, role or piece of work would make you proud in {months} months?",
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
        "Which three steps will you take in the next {months} months?",
        "Thinking of {work}: what will you learn, deliver, and whom will you support in the next {months} months?",
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
_MADE: dict[tuple[Phase, str], Callable[[Asking], list[str]]] = {
    (Phase.G4_FUTURE, "measurability"): _count_questions,
    (Phase.G8_ACTIONS, "measurability"): _finish_questions,
    (Phase.G8_ACTIONS, "specificity"): _more_actions,
    (Phase.G6_VALUES, "authenticity"): _shown_questions,
}
