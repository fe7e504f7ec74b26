"""Sentences that command the coach: in a message they are left out, in a document they are not quoted."""

import re

_FULL = r"(?:full|top|maximum|highest|perfect) (?:score|marks?|points)"
_SCORE = rf"(?:10 ?/ ?10|10 out of 10|a (?:10|ten)|{_FULL}|scores? (?:of|to|=) ?\d+)"
_ORDERS = (
    r"(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|rules?|prompts?|rubric|above|previous)\b",
    rf"(?:give|award|assign|rate|score|grade|output|return|set)\b.{{0,40}}\b{_SCORE}\b",
    r"(?:system|assistant|developer) ?(?:prompt|message)?:",
    r"you are (?:now )?(?:a|an|the) (?:judge|assistant|ai|coach|model|grader)\b",
)
"""To let go of rules, to give a score, a prompt's own headings, and to be somebody."""
_INSTRUCTION = re.compile(rf"\b(?:{'|'.join(_ORDERS)})", re.IGNORECASE)


def is_instruction(text: str) -> bool:
    """Whether a sentence tries to command the coach; such text is data and is left out, never followed."""
    return bool(_INSTRUCTION.search(text))
