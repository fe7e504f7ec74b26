"""A vision of the future as one sentence: the time frame, the role, and what is done in it."""

import re
from dataclasses import replace

from nodes.english.fitting import capital, cut_at_word, series
from nodes.english.spelling import small
from nodes.english.things import deed_with_counted
from nodes.english.times import Time, find_times
from nodes.rules.actions import as_action, on_time
from nodes.rules.clauses import Clause, plans, read_clauses, time_answers
from nodes.rules.merging import merge

_LEADING = frozenset({"lead", "manage", "run", "head", "supervise", "oversee"})
_UNITS = {"year": 12, "month": 1}
_WORDS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "ten": 10,
    "twelve": 12,
    "eighteen": 18,
}
_SPAN = re.compile(r"\b(\d+|" + "|".join(_WORDS) + r")[ -](year|month)s?\b", re.IGNORECASE)
_OWN_SPAN = re.compile(
    r"\s*\b(?:in|within|over|during|for)\s+(?:about\s+)?(?:the\s+)?(?:next\s+|coming\s+)?(?:\d+|"
    + "|".join(_WORDS)
    + r")[ -](?:year|month)s?(?:['’]?\s?time)?\b",
    re.IGNORECASE,
)
_NOW_ONLY = re.compile(
    r"^(?:(?=[^,]* (?:left|to go|so far)$)[^,]*\b\d|(?:have )?\d+ (?:years?|months?)\b.*\bnow$)", re.IGNORECASE
)
"""Where one stands today: worth knowing, but no part of a goal."""


def compose_future(said: tuple[str, ...], limit: int, months: int | None) -> str:
    """What will be done in one sentence, what was counted beside it in others; at most `limit` characters.

    Empty when nothing was said.
    """
    read = read_clauses(said)
    goal = _plan(plans(read), time_answers(said), limit, months)
    for remark in (clause for clause in read if clause.aside == "remark" and clause.counted and clause.terms):
        longer = f"{goal} {_sentence(remark.text)}"
        if goal and len(longer) <= limit and remark.lower not in goal.lower():
            goal = longer
    return goal


def _plan(told: list[Clause], answers: list[str], limit: int, months: int | None) -> str:
    read = [_framed(clause, months) for clause in told if not _NOW_ONLY.search(clause.text)]
    frame = _frame(read, answers, months)
    clauses = _opened([as_action(clause, frame) for clause in merge([c for c in read if c.text])])
    clauses = _most_valued(clauses, limit)
    while len(clauses) > 1 and len(_wording(frame, clauses)) > limit:
        clauses.remove(min(clauses, key=_value))
    return cut_at_word(_wording(frame, clauses), limit)


def _opened(clauses: list[Clause]) -> list[Clause]:
    """The clauses, the first with a verb where it only counts something; the others go with the one before them."""
    for first in clauses[:1]:
        if not first.verb:
            text, verb = deed_with_counted(first.text)
            return [replace(first, text=text, verb=verb), *clauses[1:]]
    return clauses


def _most_valued(clauses: list[Clause], limit: int) -> list[Clause]:
    """The clauses without those that fit into no wording, the least valued left out first."""
    by_value = sorted(range(len(clauses)), key=lambda number: _value(clauses[number]))
    length, left_out = _least(clauses), set[int]()
    for number in by_value[:-1]:
        if length <= limit:
            break
        left_out.add(number)
        length -= _least([clauses[number]])
    return [clause for number, clause in enumerate(clauses) if number not in left_out]


def _least(clauses: list[Clause]) -> int:
    """Letters that any wording of the clauses has, punctuation and spaces aside."""
    return sum(_letters(clause.text) for clause in clauses)


def _letters(text: str) -> int:
    return len(text) - sum(map(text.count, " ,;"))


def months_in(text: str) -> int | None:
    """Length of the time span that a phrase names."""
    match = _SPAN.search(text)
    if not match:
        return None
    count = match.group(1).lower()
    return (int(count) if count.isdigit() else _WORDS[count]) * _UNITS[match.group(2).lower()]


def _framed(clause: Clause, months: int | None) -> Clause:
    """The clause without a span that only repeats the horizon."""
    lead = "" if months is not None and months_in(clause.lead_time) == months else clause.lead_time
    match = _OWN_SPAN.search(clause.text)
    text = clause.text
    if match and months is not None and months_in(match.group()) == months:
        text = text[: match.start()] + text[match.end() :]
    return replace(clause, text=text.strip(" ,"), lead_time=lead)


def _frame(clauses: list[Clause], answers: list[str], months: int | None) -> str:
    """The time that was said alone, last; else the only one that was said; else the phase's own."""
    dated = any(_is_date(time) for clause in clauses for time in find_times(clause.text))
    if dated:  # beside a day the phase's own span tells nothing
        answers = [time for time in answers if months is None or months_in(time) != months]
    own = answers[-1:] or [
        clause.lead_time for clause in clauses if clause.lead_time and clause.lead_time.lower() != "then"
    ]
    if not own and dated:
        return ""
    if own and len(set(own)) == 1:
        return capital(
            re.sub(r"^in (?=(?:the next )?\w+ (?:year|month))", "within ", on_time(own[0]), flags=re.IGNORECASE)
        )
    return f"Within {months} months" if months else ""


def _is_date(time: Time) -> bool:
    """Whether a time says by when: no rhythm, and no few days that something takes ("close in 5 days")."""
    return time.kind != "rhythm" and (time.kind != "duration" or months_in(time.text) is not None)


def _value(clause: Clause) -> tuple[bool, bool, bool, int]:
    """How much a goal would lose without the clause."""
    return (clause.verb == "become", clause.counted, clause.verb in _LEADING, -len(clause.text))


def _wording(frame: str, clauses: list[Clause]) -> str:
    return _sentence((f"{frame}, " if frame else "") + series(_joined(clauses))) if clauses else ""


def _joined(clauses: list[Clause]) -> list[str]:
    """The texts; what is only counted goes with what stands before it: `run the lab with 3 technicians`."""
    if len(clauses) < 2:
        return [clause.text for clause in clauses]
    first, second, *rest = clauses
    if first.verb and not second.verb and second.text[:1].isdigit():
        return [f"{first.text} with {small(second.text)}", *(clause.text for clause in rest)]
    return [first.text, *(clause.text for clause in [second, *rest])]


def _sentence(text: str) -> str:
    return capital(text.strip(" ,;")) + "."
