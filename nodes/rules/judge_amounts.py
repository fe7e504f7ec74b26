"""Whether an amount can be reached in the time that a goal gives."""

import re
from collections.abc import Sequence
from datetime import date

from nodes.evidence import Evidence, Span
from nodes.evidence.lexicon import NUMBER_WORDS, singular, word_set
from nodes.evidence.times import days_until


def horizon_of(evidence: Evidence, today: date) -> int | None:
    """Days until the latest time named, None when none lies ahead."""
    known = (days_until(time, today) for time in evidence.times)
    return max((days for days in known if days is not None and days >= 0), default=None)


def beyond_reach(evidence: Evidence, days: int | None) -> tuple[Span, ...]:
    """Amounts that nobody reaches within `days`; they measure nothing."""
    if days is None:
        return ()
    riches = _riches(evidence, days)
    return (*riches, *(q for q in evidence.quantities if q not in riches and _too_much(q, max(days, 1))))


def is_absurd(evidence: Evidence, days: int) -> bool:
    """Whether one of the amounts can't be reached within `days`."""
    return days >= 0 and bool(beyond_reach(evidence, days))


def _riches(evidence: Evidence, days: int) -> tuple[Span, ...]:
    """Money that somebody means to save or earn, and can't; a budget or a project may be as big as it likes."""
    own = any(re.match(r"(?:sav|earn|mak|win|get)", action.text, re.IGNORECASE) for action in _verbs(evidence))
    big = (q for q in evidence.quantities if _is_money(q) and _value(q.text) >= _RICHES)
    return tuple(big) if own and days <= _RICH_SOON else ()


def _verbs(evidence: Evidence) -> Sequence[Span]:
    return (*evidence.actions, *evidence.vague)


def _is_money(quantity: Span) -> bool:
    return quantity.kind == "money" or bool(re.search(r"million|dollar|euro|pound", quantity.text, re.IGNORECASE))


_BIG = word_set(
    "app book certificate certificates certification client course customer degree exam project website workshop "
)
_PER_DAY_BIG = 1.0
"""Nobody finishes more than one book, course or client a day."""
_PER_DAY = 200.0
_RICHES = 5_000_000
"""Money nobody saves or earns for themselves within two years."""
_RICH_SOON = 730
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|" + "|".join(NUMBER_WORDS), re.IGNORECASE)


def _too_much(quantity: Span, days: int) -> bool:
    if quantity.kind == "change" or _is_money(quantity):
        return False
    amount, words = _value(quantity.text), {singular(w) for w in re.findall(r"[a-z]+", quantity.text.lower())}
    if words & _BIG:
        return amount > 2 and amount / days > _PER_DAY_BIG
    return quantity.kind == "count" and amount / days > _PER_DAY and days <= 7


def _value(text: str) -> float:
    value = 1.0
    for found in _NUMBER.findall(text.lower()):
        value *= NUMBER_WORDS[found] if found in NUMBER_WORDS else float(found.replace(",", ""))
    return value
