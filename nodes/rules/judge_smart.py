"""Specificity, measurability, time frame and achievability of a goal or of each action in a plan."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from nodes.english.lexicon import DELIVERABLES, singular
from nodes.english.spans import Span, Stretches
from nodes.english.times import days_until
from nodes.rules.judge_reading import Clause, Reading
from state.scorecard import half_step

HABIT = 6.0
"""A concrete thing done in a rhythm: it can be ticked off, though not how much of it."""
BASELINE = 4.0
"""Where it starts, and not where it leads."""
BEYOND = 5.0
"""An amount that could be counted, but that nobody reaches."""
UNTIMED = 1.0
"""time_bound without any time; the hard limit is 2."""
HORIZON_COVERS = 7.5
"""A heading's horizon holds for all actions of a plan; dates in the actions lead from here to 10."""
TOO_SHORT = 2.5
"""A time in which nobody could do it hardly counts as one."""
PAST = 3.0
"""A deadline that has passed."""
DETAIL_POINTS = (0.0, 1.0, 2.0, 2.75, 3.25, 3.75)
"""Each further telling word adds less, so that length alone leads nowhere."""


@dataclass(frozen=True, slots=True)
class Level:
    """A criterion's level before it becomes a verdict."""

    score: float
    reasoning: str
    evidence: str = ""
    mendable: bool = True


def specificity(reading: Reading) -> Level:
    """Names what is done, on what, for or as whom."""
    if reading.items:
        return _share_of_items(reading, _specific_points, "say what is done and on what")
    points = _specific_points(reading, 0, len(reading.text))
    clause = _most_telling(reading.clauses)
    if clause is None:
        return Level(points, _nothing_named(reading))
    quote = reading.quote(clause.start, clause.end)
    named = ", ".join(dict.fromkeys(f"“{s.text}”" for s in (*clause.roles, *clause.outcomes, *clause.quantities)[:3]))
    vague = reading.evidence.vague
    but = f", but “{vague[0].text}” leaves open what will be different" if vague and points < 8 else ""
    return Level(points, f"It names {named or f'“{quote}”'}{but}.", quote)


def _nothing_named(reading: Reading) -> str:
    vague = (*reading.evidence.vague, *reading.evidence.hedges)
    if vague:
        return f"“{vague[0].text}” leaves open what you will do, in which field and with whom."
    return "It doesn't say yet what you will do, in which field and with whom."


def _specific_points(reading: Reading, start: int, end: int) -> float:
    clauses = reading.within(start, end)
    telling = [c for c in clauses if c.substantial]
    penalty = _penalty(reading, clauses, start, end)
    if not telling:
        return half_step(max(0.5, _topic_points(reading, clauses) - penalty))
    anchored = [c for c in telling if reading.is_anchored(c)]
    points = (
        _told(anchored)
        if anchored
        else 1.0
        + (_told(telling) - 1.0) * min(1.0, BRIEF / sum(reading.words_in(c.start, c.end) for c in clauses if c.acts))
    )
    return half_step(max(1.0, points - penalty))


def _topic_points(reading: Reading, clauses: Sequence[Clause]) -> float:
    """What is to become better, where nothing is said that is done for it."""
    topics = [c for c in clauses if c.details and c.vague]
    told = max((len({w.lower for w in c.details}) for c in topics if reading.is_dated(c)), default=0)
    if told >= TOLD_TOPIC:
        return 3.0 + DETAIL_POINTS[min(told, len(DETAIL_POINTS) - 1)]
    return 2.0 if topics else 1.0


TOLD_TOPIC = 3
"""Telling words from which a topic with a time is clear, though not what is done about it."""
MOST_HEDGED = 3.0
"""What is only perhaps done is hardly a goal, however much of it there is."""
BRIEF = 12
"""Words within which a goal without number, date, result or position may still be concrete; longer ones only talk."""


def _told(telling: Sequence[Clause]) -> float:
    actions = [a for c in telling for a in c.actions]
    details = {w.lower for c in telling for w in c.details}
    points = 1.0 + (2.0 if actions else 0.0) + (0.5 if len(actions) > 1 else 0.0)
    points += DETAIL_POINTS[min(len(details), len(DETAIL_POINTS) - 1)]
    points += 1.0 * any(c.roles for c in telling) + 0.75 * any(c.outcomes for c in telling)
    points += 1.25 * any(c.quantities for c in telling) + 0.5 * any(_is_change(c) for c in telling)
    return points + 0.75 * any(t.kind == "rhythm" for c in telling for t in c.times)


def _is_change(clause: Clause) -> bool:
    return any(q.kind == "change" for q in clause.quantities)


def _penalty(reading: Reading, clauses: Sequence[Clause], start: int, end: int) -> float:
    """Vague words cost half a point, two at most, less where a number stands; hedges cost as much, and three at most."""
    vague = sum(0.5 for c in clauses for v in c.vague if not (c.quantities or _solid_result(c)) and v.kind != "amount")
    amounts = sum(0.5 for c in clauses for v in c.vague if v.kind == "amount")
    hedges = 0.5 * len(reading.hedges_in(start, end))
    return min(2.0, vague + amounts) + min(MOST_HEDGED, hedges)


def _solid_result(clause: Clause) -> bool:
    return any(o.kind != "plural" for o in clause.outcomes)


def _most_telling(clauses: Sequence[Clause]) -> Clause | None:
    telling = [c for c in clauses if c.substantial]
    return max(telling, key=lambda c: len(c.details) + len(c.roles) + 2 * len(c.quantities), default=None)


def measurability(reading: Reading) -> Level:
    """Says how anyone could tell that it was reached."""
    if _is_plan(reading):
        return _share_of_items(reading, _measured_points, "can be counted or have a finished state")
    points = _measured_points(reading, 0, len(reading.text))
    quantities, results = _measures(reading, 0, len(reading.text))
    if quantities:
        told = quantities[0].text
        return Level(points, f"“{told}” makes progress easy to check.", told)
    if reading.beyond_reach:
        told = reading.beyond_reach[0].text
        return Level(points, f"“{told}” could be counted, but nobody reaches it in that time.", told)
    if results:
        told = results[0].text
        return Level(points, f"“{told}” can be checked; a number would make it clearer still.", told)
    rhythm = _habit(reading, 0, len(reading.text))
    if start := _baseline(reading, 0, len(reading.text)):
        return Level(points, f"“{start.text}” is where you start; say where you want to get.", start.text)
    if rhythm:
        return Level(points, f"“{rhythm.text}” can be ticked off, but how much each time stays open.", rhythm.text)
    return Level(points, "There is no number or finished result yet by which anyone could tell that it was reached.")


def _measured_points(reading: Reading, start: int, end: int) -> float:
    quantities, results = _measures(reading, start, end)
    if quantities:
        return half_step(_counted_points(quantities) + 0.5 * bool(results) + 0.5 * (len(quantities) > 1))
    if results:
        return min(7.5, 5.5 + 1.0 * (len(results) - 1))
    if reading.beyond.begin_in(start, end):
        return BEYOND
    if _baseline(reading, start, end):
        return BASELINE
    return HABIT if _habit(reading, start, end) else 1.0


def _counted_points(quantities: Sequence[Span]) -> float:
    kinds = {q.kind for q in quantities}
    return 9.5 if "change" in kinds else 8.5 if kinds & {"percent", "money"} else 7.0 if kinds == {"rate"} else 7.5


def _measures(reading: Reading, start: int, end: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    clauses = reading.within(start, end)
    beyond = reading.beyond
    quantities = tuple(
        q
        for c in clauses
        for q in c.quantities
        if beyond.at(q.start) is None
        and not (_is_baseline(reading, q) or _is_given(reading, c, q) or _is_over(reading, c))
    )
    results = tuple(
        o
        for c in clauses
        if c.substantial
        for o in c.outcomes
        if o.kind != "plural" and not beyond.overlap(o.start, o.end)
    )
    return quantities, results


def _baseline(reading: Reading, start: int, end: int) -> Span | None:
    return next((q for c in reading.within(start, end) for q in c.quantities if _is_baseline(reading, q)), None)


def _is_baseline(reading: Reading, quantity: Span) -> bool:
    """`above the current three glasses` says where it starts only."""
    return bool(_PRESENT.search(reading.text[max(0, quantity.start - 25) : quantity.start]))


def _is_given(reading: Reading, clause: Clause, quantity: Span) -> bool:
    """`be kinder to my two apprentices`: a number that is there already, and only wished about."""
    before = reading.text[max(0, quantity.start - 8) : quantity.start]
    wished = any(v.start < quantity.start for v in clause.vague) and not clause.actions
    return quantity.kind == "count" and wished and bool(_GIVEN.search(before))


def _is_over(reading: Reading, clause: Clause) -> bool:
    """`I've seen forty countries` measures the past; `by May I have seen` says what will be."""
    ahead = any(t.kind != "rhythm" for t in clause.times)
    return not ahead and bool(_PERFECT.search(reading.text, clause.start, clause.end))


_PERFECT = re.compile(
    r"\b(?:I|we)(?:['’]ve|\s+have)\s(?:already |now |just )*(?:\w+ed|seen|been|done|had|led|run|made|taught|written)\b",
    re.IGNORECASE,
)
_GIVEN = re.compile(r"\b(?:my|our|your|the|these|those|their|his|her)\s$", re.IGNORECASE)
_PRESENT = re.compile(
    r"\b(?:current(?:ly)?|present|existing|previous|today['’]s|last (?:year|month|quarter)['’]s)\s$", re.IGNORECASE
)


def _habit(reading: Reading, start: int, end: int) -> Span | None:
    """A rhythm with something concrete to do can be ticked off; `more` or `some` every day can't."""
    done, clauses = -1, reading.within(start, end)
    for clause, after in zip_longest(clauses, clauses[1:]):
        deed = _deed_of(reading, clause, after)
        done = reading.sentence_of(deed) if deed.actions else done
        rhythms = [t for t in clause.times if t.kind == "rhythm"]
        doing = done == reading.sentence_of(clause) or any(singular(w.lower) in DELIVERABLES for w in deed.details)
        if rhythms and doing and deed.details and not deed.vague:
            return rhythms[0]
    return None


def time_bound(reading: Reading) -> Level:
    """Says by when, or how often."""
    times = _believed_times(reading)
    if not times:
        return Level(UNTIMED, "It doesn't say by when.")
    best = max(times, key=lambda t: (_time_points(reading, t), -t.start))
    points = _time_points(reading, best)
    if _is_plan(reading):
        return _timed_items(reading, times)
    if len({t.kind == "rhythm" for t in times}) > 1:
        points = min(10.0, points + 0.5)
    return Level(half_step(points), _time_reasoning(reading, best), best.text)


def _believed_times(reading: Reading) -> tuple[Span, ...]:
    """Deadlines count anywhere, a rhythm only where something concrete is done: `I give my best every day` is none."""
    done = (c for c in reading.clauses if c.substantial or not c.vague) if reading.items else _doing(reading)
    concrete = Stretches((c.start, c.end) for c in done)
    return tuple(t for t in reading.evidence.times if t.kind != "rhythm" or concrete.at(t.start) is not None)


def _doing(reading: Reading) -> Iterator[Clause]:
    """The clauses in which something concrete is done, and those that only say when the one after them is."""
    for clause, after in zip_longest(reading.clauses, reading.clauses[1:]):
        if _deed_of(reading, clause, after).substantial:
            yield clause


def _deed_of(reading: Reading, clause: Clause, after: Clause | None) -> Clause:
    """The clause itself, or the one after it of which it only says when: `On the last Friday of each month, count the stock`."""
    empty = not clause.acts and not clause.details
    return after if after and empty and reading.sentence_of(clause) == reading.sentence_of(after) else clause


_TIME_POINTS = {"deadline": 9.5, "duration": 9.5, "near": 7.5, "rhythm": 7.0, "start": 6.5}


def _time_points(reading: Reading, time: Span) -> float:
    days = days_until(time, reading.exam.today)
    if time in reading.too_short:
        return TOO_SHORT
    return PAST if days is not None and days < 0 else _TIME_POINTS[time.kind]


def _time_reasoning(reading: Reading, time: Span) -> str:
    days = days_until(time, reading.exam.today)
    if time in reading.too_short:
        return f"“{time.text}” is a time, but hardly enough for what you plan."
    if time.kind == "rhythm":
        return f"“{time.text}” gives a rhythm; an end date would round it off."
    if days is not None and days < 0:
        return f"“{time.text}” says by when, but lies in the past."
    if time.kind == "start":
        return f"“{time.text}” says from when; an end date would round it off."
    return f"“{time.text}” says by when."


def _timed_items(reading: Reading, times: Sequence[Span]) -> Level:
    first, listed = reading.items[0][0], _listed(reading)
    frames = [t for t in times if t.kind != "rhythm" and (t.start < first or not listed)]
    whole = () if listed else tuple(t for t in frames if t.start - first < OPENING and t.kind == "duration")[:1]
    own = Stretches((t.start, t.end) for t in times if t not in whole)
    timed = sum(own.begin_in(a, b) > 0 for a, b in reading.items)
    share = timed / len(reading.items)
    if frames:
        why = f"“{frames[0].text}” frames the plan, and {timed} of {len(reading.items)} actions have their own time."
        return Level(half_step(HORIZON_COVERS + 2.5 * share), why, frames[0].text)
    why = f"{timed} of {len(reading.items)} actions say when or how often."
    return Level(half_step(max(2.0, 9.5 * share)), why, times[0].text)


OPENING = 12
"""`Over the next six months` at the very beginning is the frame of the whole plan."""


def _listed(reading: Reading) -> bool:
    return bool(re.search(r"(?m)^\s*(?:\d{1,2}[.)]|[•*-])\s|\s•\s", reading.exam.text))


def _is_plan(reading: Reading) -> bool:
    """Whether it tells several actions: a list, several sentences or three deeds; one sentence with two verbs is one action."""
    several = len(reading.sentences) > 1 or len(reading.items) >= FEWEST_ACTIONS
    return bool(reading.items) and (several or _listed(reading))


FEWEST_ACTIONS = 3
"""From here on the deeds of one sentence are a plan."""


def _share_of_items(reading: Reading, points: Callable[[Reading, int, int], float], what: str) -> Level:
    levels = [points(reading, a, b) for a, b in reading.items]
    good = [item for item, level in zip(reading.items, levels, strict=True) if level >= GOOD_ITEM]
    quote = next((q for a, b in good if (q := reading.quote(a, b))), "")
    mean = sum(levels) / len(levels)
    bonus = LISTED_BONUS if _listed(reading) else PROSE_BONUS
    score = half_step(mean + bonus * len(good) / len(levels))
    return Level(score, f"{len(good)} of {len(levels)} actions {what}.", quote.split("\n")[0])


GOOD_ITEM = 5.0
"""From here on an action of a plan counts as done well."""
LISTED_BONUS, PROSE_BONUS = 2.0, 1.5
"""A plan whose actions all hold is worth more than its short lines are alone, and more where they stand apart."""


def achievability(reading: Reading) -> Level:
    """Whether the amount fits the time."""
    days = reading.horizon
    actions = len(reading.items) or sum(c.substantial for c in reading.clauses)
    if actions == 0:
        return Level(3.0, "There is no action yet that could be weighed against the time.")
    if days is None:
        firm = any(c.substantial and reading.is_anchored(c) for c in reading.clauses)
        return Level(
            6.0 if firm and actions <= _MANY else 4.0, f"{_counted(actions)}, but no time frame to weigh them against."
        )
    frame = _frame_text(reading, days)
    if reading.beyond_reach:
        return Level(
            1.5, f"Nobody reaches “{reading.beyond_reach[0].text}” in the time given.", reading.beyond_reach[0].text
        )
    level = next(level for most, level in _LOADS if actions / max(days / 30, 0.1) <= most)
    fit = ("fit" if level >= _COMFORTABLE else "are a lot for") if actions > 1 else "fits"
    return Level(level, f"{_counted(actions)} {fit} “{frame}”.", frame)


def _counted(actions: int) -> str:
    return "1 action" if actions == 1 else f"{actions} actions"


_COMFORTABLE = 7.0
_MANY = 8
_LOADS = ((1.0, 9.5), (1.5, 9.0), (2.5, 7.5), (4.0, 6.0), (8.0, 4.0), (float("inf"), 2.0))
"""Most actions a month that still earn the level: three to six in half a year are comfortable, ten in a week aren't."""


def _frame_text(reading: Reading, days: int) -> str:
    return next(t.text for t in reading.evidence.times if days_until(t, reading.exam.today) == days)
