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
    return () if days is None else tuple(q for q in evidence.quantities if _too_much(q, max(days, 1)))


def is_absurd(quantities: Sequence[Span], days: int) -> bool:
    """Whether one of the amounts can't be reached within `days`."""
    return days >= 0 and any(_too_much(q, max(days, 1)) for q in quantities)


_BIG = word_set(
    "app book certificate certificates certification client course customer degree exam project website workshop "
)
_PER_DAY_BIG = 1.0
"""Nobody finishes more than one book, course or client a day."""
_PER_DAY = 200.0
_RICHES = 5_000_000
"""Money nobody saves or earns for themselves within two years."""
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|" + "|".join(NUMBER_WORDS), re.IGNORECASE)


def _too_much(quantity: Span, days: int) -> bool:
    if quantity.kind == "change":
        return False
    amount, words = _value(quantity.text), {singular(w) for w in re.findall(r"[a-z]+", quantity.text.lower())}
    if words & {"million", "dollar", "euro", "pound"} or quantity.kind == "money":
        return amount >= _RICHES and days <= 730
    if words & _BIG:
        return amount > 2 and amount / days > _PER_DAY_BIG
    return quantity.kind == "count" and amount / days > _PER_DAY and days <= 7


def _value(text: str) -> float:
    value = 1.0
    for found in _NUMBER.findall(text.lower()):
        value *= NUMBER_WORDS[found] if found in NUMBER_WORDS else float(found.replace(",", ""))
    return value
