"""What the rule coach says: it shows what it understood, quotes the company where that fits, and asks one thing."""

import re
from functools import partial

from nodes.coach import Briefing
from nodes.english.fitting import cut_at_word, series
from nodes.english.spelling import small, to_you, written
from nodes.english.terms import terms
from nodes.quoting import UNSAFE, quote_about
from nodes.rules.actions import as_action
from nodes.rules.answers.questions import ON_PAGE, SAYS
from nodes.rules.answers.replies import KEPT, SAVING, answers, questions_in
from nodes.rules.clauses import plans, read_clauses, time_answers
from nodes.rules.material import english_of
from nodes.rules.merging import merge
from nodes.rules.questions import doing
from nodes.understanding.own_values import read_values
from nodes.words import words_of
from state.conversation import Passage
from state.phases import Phase

LONGEST_OWN = 90
"""Characters of the employee's own words that a reply repeats at once."""
MOST_SWAPS = 2
REPLACED = "Changed: “{new}” instead of “{old}”."
TAKEN_OUT = "Taken out: “{old}”."
ADDED = "It says now: “{new}”."
WRITING_NOW = "I will now write your goal from this."
WRITING_AGAIN = "Here is your goal with that:"
UNCHANGED = "This is your goal, then:"


def compose_reply(briefing: Briefing) -> str:
    """The whole reply: what was asked is answered first, then what was understood, and one thing is asked at the end."""
    parts = [*answers(briefing, partial(_best_quote, briefing)), _mended(briefing)]
    added = any(not swap.old for swap in briefing.swaps)
    told = briefing.does("content") and not added and briefing.course != "confirm"
    if told or (briefing.course == "refine" and not briefing.draft):
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
    swaps = [one for one in briefing.swaps if one.old != one.new]
    added = _added(briefing)
    for swap in [one for one in swaps if one.new not in added][:MOST_SWAPS]:
        text = REPLACED if swap.new and swap.old else TAKEN_OUT if swap.old else ADDED
        told.append(say(text, old=_clipped(swap.old), new=_clipped(swap.new)))
    if completed := [thing for thing in _all_things(briefing) if any(_holds(thing, new) for new in added)]:
        told.append(say(_OPENERS[-1], things=series(completed, say("and"))))
    return " ".join(told)


def _all_things(briefing: Briefing) -> list[str]:
    return _things(briefing.phase, english_of(briefing.said))


def _holds(thing: str, words: str) -> bool:
    return to_you(written(words)).lower() in thing.lower()


def _added(briefing: Briefing) -> list[str]:
    """What was only given a time or a number, in the words that it got."""
    swaps = [one for one in briefing.swaps if one.old and one.old != one.new]
    return [one.new for one in swaps if one.new.lower().startswith(f"{one.old.lower()} ")]


def _closing(briefing: Briefing) -> str:
    """What follows: a question, the draft, or its score."""
    say = words_of(briefing.language).say
    if briefing.course == "refine":
        return say(WRITING_NOW if not briefing.draft else WRITING_AGAIN if _news(briefing) else UNCHANGED)
    if briefing.course == "score":
        return say(KEPT if briefing.does("request.keep") else SAVING)
    return briefing.question


def _news(briefing: Briefing) -> bool:
    return bool(briefing.swaps) or briefing.does("content", "correction")


def _clipped(text: str) -> str:
    """The text cut after a whole word."""
    return cut_at_word(text, LONGEST_OWN)


def _understood(briefing: Briefing) -> str:
    if briefing.course == "refine" and not briefing.draft:
        return ""  # the draft follows
    if _added(briefing):
        return ""  # that was told with what it was added to
    things = _things(briefing.phase, english_of(briefing.said[-1:]))
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
    deeds = [doing(as_action(clause)) for clause in merge(plans(read_clauses(said))) if clause.terms]
    return [to_you(_clipped(thing)) for thing in [*deeds, *(small(time) for time in time_answers(said))]]


def _citation(briefing: Briefing) -> str:
    wanted = terms(" ".join(english_of(briefing.said)))
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


MOST_THINGS = 3
_OPENERS = ("So it is about {things}.", "Good, I have noted {things}.", "Understood: {things}.")
NOTED_MORE = "Good, I have noted {things} and {more} more."
