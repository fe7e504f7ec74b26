"""Sentences that are nobody's plan: adverts, orders to the coach, and what is plainly in another language."""

import re

from nodes.screening.orders import is_instruction

_ADVERT = re.compile(
    r"\W*(?:we are hiring|we['’]re hiring|we offer|you will|you['’]ll|your (?:profile|tasks|responsibilities|role)\b|apply now|"
    r"send your cv|"
    r"join us)\b",
    re.IGNORECASE,
)
"""What adverts say to their readers: none of it is the employee's own wish."""


def is_no_plan(text: str) -> bool:
    """Whether a sentence is nothing of the employee's own: an advert's, an order to the coach, or no words at all."""
    return bool(_ADVERT.match(text)) or is_instruction(text) or not has_words(text)


def has_words(text: str) -> bool:
    """Whether there is any letter or digit to read."""
    return any(c.isalnum() for c in text)
