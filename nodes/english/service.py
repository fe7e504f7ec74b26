"""Service levels: `answer every letter within five working days` says how fast, not by when."""

from collections.abc import Sequence

from nodes.english.lexicon import VERB_FORMS
from nodes.english.spans import Span
from nodes.english.terms import stem
from nodes.english.tokens import Token
from nodes.english.vocabulary import read_file

LONGEST_DAYS = 31
"""Nobody promises each customer an answer within a quarter."""
_TOLD = read_file("service")
_ANSWERING, _RECEIVING = (frozenset(map(stem, _TOLD[group]["words"].split())) for group in ("answering", "receiving"))


def is_service_level(tokens: Sequence[Token], start: int, end: int, times: Sequence[Span]) -> bool:
    """Whether the length at [start, end) of `tokens` is how fast something is done each time."""
    if tokens[start].tag not in ("within", "in") or not _is_short(tokens[start:end]):
        return False
    average = end + 1 < len(tokens) and tokens[end + 1].text.lower() == "average"
    bounded = average or any(t.tag in ("limit", "less", "no") for t in tokens[start:end])
    answered = start > 0 and stem(tokens[start - 1].text.lower()) in _ANSWERING
    return (
        bounded
        or answered
        or _from_event(tokens, end)
        or _each(tokens, start, end)
        or _other_time(tokens, start, end, times)
    )


def _is_short(tokens: Sequence[Token]) -> bool:
    unit = next((t for t in tokens if t.tag == "unit" and t.value < 0), None)
    number = next((t.value for t in tokens if t.tag in ("day", "number", "count")), 1)
    fresh = any(t.tag in ("next", "ordinal", "my") for t in tokens)
    return unit is not None and not fresh and number * -unit.value <= LONGEST_DAYS


def _from_event(tokens: Sequence[Token], end: int) -> bool:
    """`within three days of the report`."""
    return (
        end < len(tokens)
        and tokens[end].tag in ("of", "after", "from")
        and not tokens[min(end + 1, len(tokens) - 1)].when
    )


def _each(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Something that comes in, every time or in the plural, and is answered."""
    clause = _clause(tokens, start, end)
    every = any(_is_every(clause, place) for place in range(len(clause)))
    stems = {stem(t.text.lower()) for t in clause if t.tag in ("word", "plural")}
    many = any(_is_many(clause, place) for place in range(len(clause)))
    done = any(t.tag == "word" and t.text.lower().endswith("ed") and t.text.lower() in VERB_FORMS for t in clause)
    answered = bool(stems & _ANSWERING) or done or any(t.tag in ("working", "business") for t in tokens[start:end])
    return (every and (answered or bool(stems & _RECEIVING))) or (many and answered)


def _is_every(tokens: Sequence[Token], place: int) -> bool:
    """`each`, `all` without a number, `any`."""
    token, after = tokens[place], tokens[place + 1].tag if place + 1 < len(tokens) else ""
    return token.tag == "each" or (token.text.lower() in ("all", "any") and after not in ("day", "number", "count"))


def _is_many(tokens: Sequence[Token], place: int) -> bool:
    """A plural without `the`, `my` or a number: whichever come in."""
    before = tokens[place - 1].tag if place else ""
    told = ("the", "my", "day", "number", "count", "this", "fraction")
    return tokens[place].tag == "plural" and stem(tokens[place].text.lower()) not in _ANSWERING and before not in told


def _other_time(tokens: Sequence[Token], start: int, end: int, times: Sequence[Span]) -> bool:
    """`within two days … by June`: the other one is the time."""
    clause = _clause(tokens, start, end)
    first, last = clause[0].start, clause[-1].end
    here = tokens[start].start
    return any(t.kind in ("deadline", "start") and first <= t.start < last and t.start != here for t in times)


def _clause(tokens: Sequence[Token], start: int, end: int) -> Sequence[Token]:
    first, last = start, end
    while first > 0 and tokens[first - 1].tag not in ("stop", "mark"):
        first -= 1
    while last < len(tokens) and tokens[last].tag not in ("stop", "mark"):
        last += 1
    return tokens[first:last]
