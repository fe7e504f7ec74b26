"""What somebody says beside their plans: where they stand today, and remarks about others and the matter itself.

Told by the form of the sentence: its subject and its tense. None of it is what a goal asks somebody to do.
"""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from typing import Literal

from nodes.english.imperatives import imperative
from nodes.english.times import find_times
from nodes.english.verbs import base_of_present

Aside = Literal["", "standing", "remark"]
_LEADING_WORDS = (
    r"^\W*(?:(?:so|well|ok|okay|yes|yeah|no|basically|and|but|plus|also|right now|now|currently|at the moment|today|honestly|actually|"
    r"hi|hello|hey|because|since|as)\b[\s,]*)*"
)
_ABOUT_TO = (
    r"(?:going|gonna|planning|hoping|aiming|keen|looking|trying|thinking|about|interested|able|ready|eager|to|determined|willing|set|"
    r"happy|supposed)\b"
)
_STANDING = tuple(
    re.compile(_LEADING_WORDS + pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:i['’]?m|i am|we['’]?re|we are)\s+(?!{_ABOUT_TO})",
        r"(?:i|we) (?:currently|now|already|still)\s+\w+",
        r"(?:i|we) work\b(?! (?:on|towards?|to)\b)",
        r"(?:i|we)(?:['’]?ve| have) (?:been|worked|done|had|got|only)\b",
        r"(?:i|we) (?:was|were|used to|started|joined|did|came|worked|began|had)\b",
        r"(?:been|\w+ing)\b[^,.]*?(?:\bfor (?:[\w-]+ ){1,3}?(?:years|months|weeks)|\bsince \w+(?: \d{4})?|\b\d+ years)(?: now| already)?\W*$",
        r"\w+ing\b[^,.]*\b(?:now|currently|at the moment|these days)\W*$",
        r"there(?:['’]?s| is| are| were)\b[^,.]*\bof us\b",
        r"(?:i|we)\b[^,.]*\b(?:now|currently|at the moment|today|so far|these days)\W*$",
    )
)
"""`I'm a cashier`, `I work as a nurse`, `I've been welding for 11 years`, `we are only three now`."""
_REMARKS = tuple(
    re.compile(_LEADING_WORDS + pattern, re.IGNORECASE)
    for pattern in (
        r"(?:they|he|she|it|there|you|that|these|those)(?:['’](?:s|re|ll|ve|d))?\s+(?!way\b|is to\b|will be to\b)",
        r"(?:it|that|there|they|he|she)['’](?:s|re|ll|d)\b",
        r"this (?:is|was|would|will|has|can|could|one)\b",
        r"(?:(?:my|our|the|their|a|some) )?[a-z]+s? (?:won['’]?t|doesn['’]?t|didn['’]?t|don['’]?t|can['’]?t|isn['’]?t|aren['’]?t|says?|said|"
        r"thinks?|thought|hates?|told|keeps? saying)\b",
    )
)
"""`they offer a course`, `it's a big step`, `there are three of us`, `the boss won't pay`."""
_OTHERS = re.compile(_LEADING_WORDS + r"(?:my|our) [a-z]+ (?P<verb>[a-z]+)\b", re.IGNORECASE)
_REPORTED = re.compile(
    r"^\W*(?:(?:my|our|the) )?[a-z]+ (?:says?|said|thinks?|thought|told me|suggest(?:s|ed)|recommend(?:s|ed)|insists?|keeps? saying)"
    r"(?: that)? (?:i|we) (?:should|could|must|can|need to|have to|ought to)\s+",
    re.IGNORECASE,
)
"""`my boss says I should` leads in to a plan like `I want to`."""


def aside_in(piece: str) -> Aside:
    """What a piece of a sentence tells beside plans; empty where it tells one."""
    if imperative(piece) != piece:  # `my revenue has to go from 4 to 6 million`
        return ""
    if stands_today(piece):
        return "standing"
    return "remark" if is_remark(piece) else ""


def stands_today(piece: str) -> bool:
    """Whether a piece of a sentence tells where somebody stands or was; one that names a day to come tells a plan."""
    if not any(pattern.match(piece) for pattern in _STANDING):
        return False
    return not any(time.kind not in ("rhythm", "duration") for time in find_times(piece))


def is_remark(piece: str) -> bool:
    """Whether a piece of a sentence says something of others or of the matter, not what its speaker will do."""
    return any(pattern.match(piece) for pattern in _REMARKS) or _is_of_others(piece)


def _is_of_others(piece: str) -> bool:
    """`our dispatcher speaks it`, `my colleague gave me the list`: somebody of mine, and a verb that isn't in its base form."""
    match = _OTHERS.match(piece)
    return match is not None and base_of_present(match["verb"]) not in ("", match["verb"].lower())


def unreported(piece: str) -> str:
    """A piece without who said that one should do it."""
    return _REPORTED.sub("", piece)
