"""Whether an amount can be reached in the time that a goal gives."""

import re
from collections.abc import Sequence
from datetime import date

from nodes.english.amounts import amount_value
from nodes.english.lexicon import singular, word_set
from nodes.english.spans import Evidence, Span
from nodes.english.times import days_until


def horizon_of(times: Sequence[Span], today: date) -> int | None:
    """Days until the latest of `times`, None when none lies ahead."""
    known = (days_until(time, today) for time in times)
    return max((days for days in known if days is not None and days >= 0), default=None)


def is_beyond_reach(quantity: Span, days: int, own_money: bool) -> bool:
    """Whether nobody reaches the amount within `days`; then it measures nothing."""
    return (own_money and _are_riches(quantity, days)) or _too_much(quantity, max(days, 1))


def means_own_money(evidence: Evidence) -> bool:
    """Whether somebody means to save or earn; a budget or a project may be as big as it likes."""
    verbs = (*evidence.actions, *evidence.vague)
    return any(re.match(r"(?:sav|earn|mak|win|get)", verb.text, re.IGNORECASE) for verb in verbs)


def _are_riches(quantity: Span, days: int) -> bool:
    """Money that nobody saves or earns for themselves in that time."""
    return days <= _RICH_SOON and _is_money(quantity) and amount_value(quantity.text) >= _RICHES


def _is_money(quantity: Span) -> bool:
    return quantity.kind == "money" or bool(re.search(r"million|dollar|euro|pound", quantity.text, re.IGNORECASE))


_BIG = word_set(
    "app book certificate certificates certification client course customer degree exam language marathon novel project "
    "website workshop"
)
_PER_DAY_BIG = 1.0
"""Nobody finishes more than one book, course or client a day."""
_PER_DAY = 200.0
_RICHES = 5_000_000
"""Money nobody saves or earns for themselves within two years."""
_RICH_SOON = 730


def _too_much(quantity: Span, days: int) -> bool:
    if quantity.kind == "change" or _is_money(quantity):
        return False
    amount, words = amount_value(quantity.text), {singular(w) for w in re.findall(r"[a-z]+", quantity.text.lower())}
    if words & _BIG:
        return amount > 2 and amount / days > _PER_DAY_BIG
    return quantity.kind == "count" and amount / days > _PER_DAY and days <= 7
