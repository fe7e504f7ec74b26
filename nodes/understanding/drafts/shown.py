"""A draft as the employee sees it: a heading, and lines or sentences that can be spoken of one by one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nodes.english.fitting import capital
from nodes.english.terms import terms
from nodes.english.vocabulary import words_in as words_in_file
from nodes.understanding.naming import akin
from nodes.understanding.segments import segments
from state.phases import Phase

_MARK = re.compile(r"\s*(?:[-*•–—‣▪·]+|\(?\d{1,2}[.):])\s+")
_HEADING = re.compile(r"[^\n]{0,60}:\s*\n")
_WORD = re.compile(r"[^\W_]+(?:['’\-.,][^\W_]+)*")
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: in which part, and there at [start, end)."""

    part: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The text of a draft, taken apart."""

    phase: str
    heading: str
    parts: tuple[str, ...]
    """Steps and values without their marks; of a vision its sentences."""
    lined: bool
    """Whether the sentences of a vision stand on lines of their own."""

    @classmethod
    def of(cls, phase: str, text: str) -> "Shown":
        """A draft's text."""
        opening = _HEADING.match(text)
        heading, body = (opening[0].strip(), text[opening.end() :]) if opening else ("", text)
        lines = [_MARK.sub("", line, count=1).strip() for line in body.splitlines() if line.strip()]
        if phase != Phase.G4_FUTURE:
            return cls(phase, heading, tuple(lines), True)
        parts = tuple(segment.text for line in lines for segment in segments(line))
        return cls(phase, heading, parts, len(lines) > 1)

    @property
    def listed(self) -> bool:
        """Whether its parts are steps or values."""
        return self.phase != Phase.G4_FUTURE

    @property
    def text(self) -> str:
        """The draft again."""
        if not self.parts:
            return ""
        if not self.listed:
            return ("\n" if self.lined else " ").join(self.parts)
        values = self.phase == Phase.G6_VALUES
        marks = ["• " if values else f"{number}. " for number in range(1, len(self.parts) + 1)]
        lines = [f"{mark}{part}" for mark, part in zip(marks, self.parts, strict=True)]
        return "\n".join([self.heading or ("Core values:" if values else "Action plan:"), *lines])

    @property
    def terms(self) -> frozenset[str]:
        """What it speaks of."""
        return terms(" ".join(self.parts))

    def with_part(self, number: int, text: str) -> "Shown":
        """Another text in the place of a part; none where it says nothing."""
        told = [finished(text, listed=self.listed)] if says(text) else []
        return replace(self, parts=(*self.parts[:number], *told, *self.parts[number + 1 :]))

    def with_more(self, texts: Sequence[str]) -> "Shown":
        """Further parts at its end."""
        return replace(self, parts=(*self.parts, *(finished(text, listed=self.listed) for text in texts if says(text))))

    def only(self, texts: Sequence[str]) -> "Shown":
        """Other parts in the place of all."""
        return replace(self, parts=()).with_more(texts)

    def places(self, words: str) -> list[Place]:
        """Where words stand, whatever their letters' case and the marks between them; none where there are no words."""
        pattern = spoken(words)
        if pattern is None:
            return []
        found = ((number, match) for number, part in enumerate(self.parts) for match in pattern.finditer(part))
        return [Place(number, *match.span()) for number, match in found]


def spoken(words: str) -> re.Pattern[str] | None:
    """A pattern for words as they may be written; None where there are none."""
    found = _WORD.findall(words)
    if not found:
        return None
    bare = r"[^\w]{1,3}".join(map(_written, found))
    return re.compile(rf"(?<![\w]){bare}(?![\w])", re.IGNORECASE)


def _written(word: str) -> str:
    """A pattern for a word, of a month also for its short form."""
    if word.lower() in _MONTHS and word.lower() != "may":
        return rf"{word[:3]}[a-z]*\.?"
    if word.lower() in COUNTED or word in map(str, range(1, len(COUNTED) + 1)):
        number = int(word) if word.isdigit() else COUNTED.index(word.lower()) + 1
        return rf"(?:{number}|{COUNTED[number - 1]})"
    return re.escape(word).replace("’", "'").replace("'", "['’]")


COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
"""Numbers that are written as words as often as not."""
_MONTHS = frozenset(words_in_file("month"))


def holds(wanted: frozenset[str], text: str) -> bool:
    """Whether a text speaks of all that is wanted, in whatever forms of the words."""
    return bool(wanted) and akin(wanted, terms(text)) == len(wanted)


def words_in(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def says(text: str) -> bool:
    """Whether a part says anything."""
    return bool(terms(text)) or len(words_in(text)) > 1


def finished(text: str, *, listed: bool) -> str:
    """A part as it is written: a capital, a full stop behind a sentence, and no seams."""
    text = _SPACES.sub(" ", text).strip(" ,;:–—-")
    for pattern, instead in _SEAMS:
        text = pattern.sub(instead, text)
    text = capital(text.strip(" ,;"))
    if listed:
        return text.rstrip(".") if not text.endswith("..") else text
    return text if not text or text[-1] in ".!?" else f"{text}."


_SEAMS = tuple(
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        (r"\s+([,.;:!?)])", r"\1"),
        (r"\(\s*\)", ""),
        (r":\s*;\s*", ": "),
        (r":\s*$", ""),
        (r"([,;]\s*)+(?=[.!?]|$)", ""),
        (r",(\s*,)+", ","),
        (r"\b(and|or|plus|und|y|et|oraz)(?:\s+\1)+\b", r"\1"),
        (r"^(?:and|or|plus|but|then|und|oder|y|o|et|ou|oraz|lub)\s+(?!so\b)", ""),
        (r",?\s+(?:and|or|plus|but|with|und|oder|mit|y|con|et|avec|oraz|lub|z)\s*(?=[.!?]?$)", ""),
        (r"^([^,]{2,40}),\s+and\s+(?=[a-z])(?=.*\b(?:by|until|in)\b)(?!.*,)", r"\1 and "),
        (r"[^\S\n]{2,}", " "),
    )
)
"""What a cut leaves behind, and what stands there then."""
