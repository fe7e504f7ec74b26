"""Sentences that are nobody's plan: adverts, orders to the coach, and what is plainly in another language."""

import re

_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|rules?|prompts?|rubric|above|"
    r"previous)\b|"
    r"\b(?:give|award|assign|rate|score|grade|output|return|set)\b.{0,40}\b(?:10 ?/ ?10|10 out of 10|a (?:10|ten)|"
    r"(?:full|top|maximum|"
    r"highest|perfect) (?:score|marks?|points)|score(?:s)? (?:of|to|=) ?\d+)\b|\b(?:system|assistant|"
    r"developer) ?(?:prompt|message)?:|"
    r"\byou are (?:now )?(?:a|an|the) (?:judge|assistant|ai|coach|model|grader)\b",
    re.IGNORECASE,
)
_ADVERT = re.compile(
    r"\W*(?:we are hiring|we['’]re hiring|we offer|you will|you['’]ll|your (?:profile|tasks|responsibilities|role)\b|apply now|"
    r"send your cv|"
    r"join us)\b",
    re.IGNORECASE,
)
"""What adverts say to their readers: none of it is the employee's own wish."""


def is_instruction(text: str) -> bool:
    """Whether a sentence tries to command the coach; such text is data and is left out, never followed."""
    return bool(_INSTRUCTION.search(text))


def is_no_plan(text: str) -> bool:
    """Whether a sentence is nothing of the employee's own: an advert's, an order to the coach, or no words at all."""
    return bool(_ADVERT.match(text)) or is_instruction(text) or not has_words(text)


def has_words(text: str) -> bool:
    """Whether there is any letter or digit to read."""
    return any(c.isalnum() for c in text)
