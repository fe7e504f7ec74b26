"""Sentences that command the coach: in a message they are left out, in a document they are not quoted."""

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


def is_instruction(text: str) -> bool:
    """Whether a sentence tries to command the coach; such text is data and is left out, never followed."""
    return bool(_INSTRUCTION.search(text))
