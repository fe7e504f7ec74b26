"""Where one clause of a sentence ends and the next begins."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter

from nodes.english.asides import is_remark
from nodes.english.first_person import Leads
from nodes.english.times import find_times
from nodes.english.verbs import VERBS, base_of, gerund, leading_verb

_BREAK = re.compile(
    r"\s*(?:;|:(?=\s)|,\s*(?:and\s+|but\s+|then\s+|plus\s+|or\s+|also\s+)*(?:then\s+|also\s+)?|"
    r"\b(?:and|but|plus|as well as)\b(?:\s+(?:then|also|maybe|perhaps|hopefully|finally|to))*|\s[-–—]\s)\s*",
    re.IGNORECASE,
)
_WANTS = re.compile(r"(?:want|wanna|would like|need|hope for|plan)\s", re.IGNORECASE)
SUBJECT = re.compile(r"(?:what )?(?:i|we)(?:['’]\w+|d(?= (?:like|love|want)))?\s", re.IGNORECASE)
"""How somebody begins to tell what they do."""
_BEFORE_NO_SPLIT = re.compile(r"\b(?:by|of|for|in|with|to|about|without|while|from)$", re.IGNORECASE)


def clause_spans(body: str) -> Iterator[tuple[int, int]]:
    """Where each clause of a sentence stands, the words that join them left out."""
    start, search, breaks = 0, 0, _Breaks(body)
    while match := _BREAK.search(body, search):
        search = max(match.end(), search + 1)
        if match.start() > start and breaks.opens_clause(match):
            yield start, match.start()
            start = match.end()
    yield start, len(body)


class _Breaks:
    """Tells which breaks of a body open a clause, asked from left to right; what one needs to know is read once for all."""

    def __init__(self, body: str) -> None:
        self._body, self._leads = body, Leads(body)
        self._conditions = [match.span() for match in _CONDITION.finditer(body)]
        self._bracketed, self._depth = 0, 0
        self._gerund: int | None = None

    def opens_clause(self, match: re.Match[str]) -> bool:
        """Whether what follows the break says something of its own."""
        start, end = match.span()
        if self._in_brackets(start) or _BEFORE_NO_SPLIT.search(self._body, max(0, start - _LONGEST_WORD), start):
            return False
        if SUBJECT.match(self._body, end):
            return "," in match.group() or not self._is_conditional(start)
        if "," in match.group() and is_remark(self._body[end : end + LONGEST_OPENING]):
            return True
        rest = self._leads.behind(end)[1]
        if rest != end and (_WANTS.match(self._body, end) or SUBJECT.match(self._body, rest)):
            return True
        if not leading_verb(self._body, start=rest):
            return False
        if not leading_verb(self._body, strict=True, start=rest) and not self._follows_time(start):
            return False
        first = _FIRST_WORD.match(self._body, end)
        known = first is not None and first[1].lower() in VERBS
        return rest != end or known or self._holds_gerund(start)

    def _follows_time(self, start: int) -> bool:
        """Whether a time ends at the break: what stands behind it is no object of the verb before."""
        return any(time.end == start for time in find_times(self._body))

    def _in_brackets(self, end: int) -> bool:
        self._depth += self._body.count("(", self._bracketed, end) - self._body.count(")", self._bracketed, end)
        self._bracketed = end
        return self._depth > 0

    def _is_conditional(self, end: int) -> bool:
        """Whether `when`, `if` or the like stands behind the last comma."""
        number = bisect_right(self._conditions, end, key=itemgetter(1))
        return number > 0 and self._body.find(",", self._conditions[number - 1][1], end) < 0

    def _holds_gerund(self, end: int) -> bool:
        """Whether the body so far has an -ing form that a second one would join."""
        if self._gerund is None:
            words = _LETTERS.finditer(self._body)
            self._gerund = next((word.end() for word in words if _is_gerund(word[0])), len(self._body) + 1)
        return self._gerund <= end


def _is_gerund(word: str) -> bool:
    base = base_of(word)
    return bool(base) and word.lower() == gerund(base)


LONGEST_OPENING = 60
"""Letters within which a piece shows its subject and its verb."""
_CONDITION = re.compile(r"\b(?:when|if|where|because|that|which|who)\b")
_LONGEST_WORD = 10
"""More letters than any word has before which no break opens a clause."""
_FIRST_WORD = re.compile(r"\s*(\S+)")
_LETTERS = re.compile(r"[A-Za-z]+")
