"""Service levels: `answer every letter within five working days` says how fast, not by when."""

from collections.abc import Sequence

from nodes.english.spans import Span
from nodes.english.tokens import Token
from nodes.english.vocabulary import read_file
from nodes.english.words import stem

LONGEST_DAYS = 31
"""Nobody promises each customer an answer within a quarter."""
_TOLD = read_file("service")
_ANSWERING, _RECEIVING = (frozenset(map(stem, _TOLD[group]["words"].split())) for group in ("answering", "receiving"))


def is_service_level(tokens: Sequence[Token], start: int, end: int, times: Sequence[Span]) -> bool:
    """Whether the length at [start, end) of `tokens` is how fast something is done each time."""
    if tokens[start].tag not in ("within", "in") or not _is_short(tokens[start:end]):
        return False
    bounded = any(t.tag in ("limit", "less", "no") for t in tokens[start:end])
    return bounded or _from_event(tokens, end) or _each(tokens, start, end) or _other_time(tokens, start, end, times)


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
    every = any(t.tag == "each" or t.text.lower() in ("all", "any") for t in clause)
    stems = {stem(t.text.lower()) for t in clause if t.tag in ("word", "plural")}
    many = any(t.tag == "plural" and stem(t.text.lower()) not in _ANSWERING for t in clause)
    return bool((every and stems & (_ANSWERING | _RECEIVING)) or (many and stems & _ANSWERING))


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
