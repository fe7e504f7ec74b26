"""Answers to questions: about the conversation, a word of the coach's, or the company."""

# ruff: noqa: E501 - what the coach says stands unbroken

import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import groupby

from nodes.coach import Briefing
from nodes.english.fitting import cut_at_word
from nodes.english.terms import terms
from nodes.rules.answers.draft import how_to_lift, so_far, what_was_added, why_scored
from nodes.rules.answers.topics import is_elsewhere, topic_of
from nodes.rules.answers.words import entries, entry_for, words_in
from nodes.words import words_of
from state.conversation import Passage
from state.languages.words import short_number
from state.phases import GOAL_PHASES, Phase

ABOUT = {
    "measurability": "Right now I would like to know how one could tell that you got there.",
    "time_bound": "Right now I would like to know by when.",
    "authenticity": "Right now I would like to know how your values show in what you do.",
}
ABOUT_PHASE = {
    Phase.G4_FUTURE: "Right now I would like to know where you want to be in your work.",
    Phase.G6_VALUES: "Right now I would like to know which values matter most to you.",
    Phase.G8_ACTIONS: "Right now I would like to know which steps you will take.",
}
ABOUT_DRAFT = "Right now I only need to know whether the draft is right."
AFTER = {
    Phase.G4_FUTURE: "After it come your values and your plan of steps.",
    Phase.G6_VALUES: "After it comes your plan of steps.",
    Phase.G8_ACTIONS: "It is the last one.",
}
COUNTED = {Phase.G6_VALUES: "count_values", Phase.G8_ACTIONS: "count_steps"}
"""What is counted in a phase, whatever a question about how many calls it."""
READ_BY_HR = "Admins of your company may also read this conversation, as you were told at the start."
NOT_READ_BY_HR = "Admins of your company see counts and scores, not what we write here."
NOTHING_FOUND = (
    "Your company's documents say nothing that I can find about “{question}”. HR or your manager can tell you."
)
SAYS = "Your company's document “{document}”{page} says: “{quote}”"
ON_PAGE = " (page {page})"
UNSURE = "I am not sure that I understand “{question}”."
NOT_MINE = "“{term}” is no word of mine, so I can't tell you what your company means by it. Your manager or HR can."
LONGEST_AGAIN = 90
"""Characters of the employee's words that are said again."""
MOST_TERMS = 2
"""Words explained at once: somebody may ask what tells one from another."""
LONGEST_TERM = 4
"""Words of a term: more are no term."""
SURE = 0.35
"""Share from which a question is taken to be about a topic; below it that is said first. Of the questions below, one in two is."""
PLAIN = 0.5
"""Share from which a question that nothing else answers is taken for one about the conversation."""
QUITE_PLAIN = 0.8
"""Share from which a part of a question is taken for one of its own."""
MOST_TOPICS = 2
FEWEST_WORDS = 3
"""Words from which a part can be a question."""
_JOINED = re.compile(r"[,;?]|\b(?:and|und|y|et|oraz|or|oder|ou)\b", re.IGNORECASE)
_QUOTED = re.compile(r"(?<!\w)[\"“„«'‘‚]([^\"”“»'’]{2,40})[\"”“»'’](?!\w)")

_MADE: Mapping[str, Callable[[Briefing], str]] = {
    "said": so_far,
    "score_why": why_scored,
    "score_better": how_to_lift,
    "missing": how_to_lift,
    "wording": what_was_added,
}
"""Answers made from what stands there; where they have nothing to say, the data file does."""


def about_process(briefing: Briefing, question: str) -> str:
    """What the conversation is, does and keeps."""
    if len(topics := _topics_in(question)) > 1:
        return " ".join(answer_to(briefing, topic) for topic in topics[:MOST_TOPICS])
    topic, share = topic_of(question)
    answer = answer_to(briefing, topic)
    if share >= SURE:
        return answer
    return f"{words_of(briefing.language).say(UNSURE, question=again(question))} {answer}"


def _topics_in(question: str) -> list[str]:
    """What the parts of a question are plainly about, each once."""
    parts = [part for part in _JOINED.split(question) if len(part.split()) >= FEWEST_WORDS]
    found = [topic_of(part) for part in parts if not is_elsewhere(part)]
    return list(dict.fromkeys(topic for topic, share in found if share >= QUITE_PLAIN))


def answer_to(briefing: Briefing, topic: str) -> str:
    """What is to be said on a topic."""
    say = words_of(briefing.language).say
    topic = COUNTED.get(briefing.phase, topic) if topic in COUNTED.values() else topic
    made = _MADE[topic](briefing) if topic in _MADE else ""
    if made:
        return made
    text = say(
        entries("process")[topic]["answer"],
        readers=say(READ_BY_HR if briefing.admins_may_read else NOT_READ_BY_HR),
        criteria=", ".join(say(name.replace("_", " ")) for name in briefing.rubric.criteria),
        threshold=short_number(briefing.threshold, briefing.language),
        number=list(GOAL_PHASES).index(briefing.phase) + 1,
        after=say(AFTER[briefing.phase]),
        limit=briefing.limit,
        about=say(_about(briefing)),
    )
    return " ".join(text.split())


def _about(briefing: Briefing) -> str:
    """What the coach wants to know now."""
    if briefing.pausing:
        return ABOUT_DRAFT
    criterion = briefing.asked[-1] if briefing.asked else ""
    return ABOUT.get(criterion) or ABOUT_PHASE[briefing.phase]


def about_term(briefing: Briefing, question: str) -> str:
    """What a word means; that it is none of ours where it isn't."""
    say = words_of(briefing.language).say
    named = named_terms(question)
    found = [key for one in named if (key := entry_for("glossary", one))]
    if found:
        return " ".join(say(entries("glossary")[key]["meaning"]) for key in list(dict.fromkeys(found))[:MOST_TERMS])
    topic, share = topic_of(question)
    if share >= PLAIN and not is_elsewhere(question) and not (named and topic == "repeat"):
        return answer_to(briefing, topic)
    if named:
        return say(NOT_MINE, term=named[0])
    key = ALSO_CALLED.get(briefing.asked[-1] if briefing.asked else "")
    return say(entries("glossary")[key]["meaning"]) if key else answer_to(briefing, "repeat")


def named_terms(question: str) -> list[str]:
    """The words that a question asks about, `goal` and `wish`: what stands in quotes, else what it holds beside words of asking."""
    if quoted := _QUOTED.findall(question):
        return [one.strip() for one in quoted]
    words = re.findall(r"[^\s?!.,;:()\"“”„«»=…]+", question)
    runs = [list(run) for asks, run in groupby(words, key=_asks) if not asks]
    return [" ".join(run) for run in runs if len(run) <= LONGEST_TERM]


def _asks(word: str) -> bool:
    folded = words_in(word)
    return not folded or all(one in _asking() for one in folded)


@cache
def _asking() -> frozenset[str]:
    return frozenset(word for entry in entries("asking").values() for word in words_in(entry["words"]))


ALSO_CALLED = {
    "specificity": "specific",
    "measurability": "measurable",
    "time_bound": "time_bound",
    "clarity": "clarity",
    "authenticity": "authenticity",
}
"""Under which word of the glossary each criterion stands."""


def about_company(briefing: Briefing, question: str, quote: str, passage: Passage | None) -> str:
    """What a document says, in its own words, or that none does."""
    say = words_of(briefing.language).say
    if passage is not None and terms(quote) & terms(question):
        page = say(ON_PAGE, page=passage.page) if passage.page is not None else ""
        return say(SAYS, document=passage.document, page=page, quote=quote)
    topic, share = topic_of(question)
    if share >= PLAIN and not is_elsewhere(question):
        return answer_to(briefing, topic)
    return say(NOTHING_FOUND, question=again(question))


def again(text: str) -> str:
    """What the employee said as it is said again."""
    return cut_at_word(" ".join(text.split()).strip(" ?!.…,;"), LONGEST_AGAIN)
