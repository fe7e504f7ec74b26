"""Whether an amount is one to be reached: a change, a share, money, or what `at least` and its like set."""

import re

from nodes.english.spans import Span

_SETS = re.compile(
    r"(?:by|to|under|below|above|over|at least|at most|less|fewer|more|<|>|≥|≤|from|reach|hit)", re.IGNORECASE
)


def is_measure(quantity: Span) -> bool:
    """Whether one can tell by the amount that something is reached."""
    return quantity.kind in ("change", "percent", "money") or sets_target(quantity.text)


def sets_target(quantity: str) -> bool:
    """Whether an amount opens with a word that makes it a target: `at least 5`."""
    return bool(_SETS.match(quantity))
