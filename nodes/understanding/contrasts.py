"""The old and the new where a correction names both: `3 instead of 2`, `not Y but X`, `replace Y with X`, `drop Y, take X`."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from nodes.english.terms import terms
from nodes.understanding.wording import announced, either, failing, idle_words, vocabulary, without_tail

MOST_EXTRA_WORDS = 1
"""Words that the new may have more than the old and still be all of it."""
MOST_COUNTED = 2
"""Words that the new before a `not` may have more than the old: what is counted, and of what kind."""
_SAID_TO_BE = re.compile(
    r"\b(?:is|are|be|say|(?:(?<=should )|(?<=must )|(?<=to ))read|was|were|it's|its|with|from|called)\s+", re.IGNORECASE
)
_EDGES = " ,.!:"


@dataclass(frozen=True, slots=True)
class Contrast:
    """What is named as wrong and what as right."""

    old: str = ""
    new: str = ""
    start: int = 0
    """Where the new begins in the text read."""
    renames: bool = False
    """Whether the old is only called otherwise (`not X, Y`), and nothing else is put in its place (`Y instead of X`)."""
    equates: bool = False
    """Whether it only says what something can or should be (`January can be March`): a correction only between like things."""

    def showing(self, text: str) -> str:
        """The new with all that follows in the text it was found in, the old left out where it stands between."""
        at = text.lower().find(self.old.lower())
        return text[self.start :] if at < self.start else self.new + text[at + len(self.old) :]


@lru_cache(maxsize=256)
def find_contrast(text: str) -> Contrast:
    """The first contrast that a text draws; an empty one where it names no old."""
    told = frozenset(_WORD.findall(text.lower()))
    for rank, (signs, pattern) in enumerate(_contrasts()):
        match = None if told.isdisjoint(signs) else pattern.search(text)
        if match and match["old"].strip() and match["new"].strip() and not _stands_before(text, match):
            old = match["old"][announced(match["old"]) :].strip(_EDGES)
            start = match.start("new") + announced(match["new"])
            start += _alike(text[start : match.end("new")], old)
            new = without_tail(text[start : match.end("new")]).strip(_EDGES)
            if not new or new.lower() in idle_words():
                continue
            return Contrast(old, new, start, rank < RENAMING, rank == EQUATING)
    return Contrast()


def names_old(text: str) -> bool:
    """Whether a text only says what is not meant: it belongs to what stands before it."""
    return bool(_only_old().match(text))


@cache
def _only_old() -> re.Pattern[str]:
    instead = vocabulary()["instead"]
    before_old = either([*instead["new_then_old"], *instead["new_comma_old"]])
    return re.compile(rf"(?:{before_old})\s+\S+(?:\s+\S+){{0,3}}\W*$", re.IGNORECASE)


def _stands_before(text: str, match: re.Match[str]) -> bool:
    """Whether the new is what stands before the `not`: `60 hours not 40, checked with HR` goes on with why."""
    before = text[announced(text) : match.start()]
    says = bool(terms(before)) or any(map(str.isdigit, before))
    short = len(before.split()) <= len(match["old"].split()) + MOST_COUNTED
    return says and short and match.re is _contrasts()[NOT_OLD][1]


def _alike(new: str, old: str) -> int:
    """Where the part of the new begins that is said as the old is: `with Tomek` of "they are with Tomek, not with Jarek"."""
    if not old or len(new.split()) <= len(old.split()) + MOST_EXTRA_WORDS:
        return 0
    first = re.escape(old.split()[0])
    same = [m for m in re.finditer(rf"(?<!\w){first}(?!\w)", new, re.IGNORECASE) if m.start()] or list(
        _SAID_TO_BE.finditer(new)
    )
    return same[-1].start() if same and not _SAID_TO_BE.fullmatch(same[-1][0]) else same[-1].end() if same else 0


RENAMING = 4
"""The first so many of the contrasts give another name."""
NOT_OLD = 1
"""The contrast of `not X, Y`."""
EQUATING = RENAMING - 1
"""The contrast that is one only between things of a kind."""


@cache
def _contrasts() -> tuple[tuple[frozenset[str], re.Pattern[str]], ...]:
    """Each with its signs: a text that holds none of these words draws no such contrast, and needs no search for one."""
    forms = (*_renaming(), *_exchanging())
    return tuple((_signs(words), re.compile(pattern, re.IGNORECASE)) for words, pattern in forms)


_Form = tuple[Sequence[str], str]
_OLD, _NEW = r"(?P<old>[^,.;]{1,60}?)", r"(?P<new>[^.;]{1,120}?)"
_STOP, _WHOLE = r"(?=[.!?,;]|$)", r"(?=[.!?;]|$)"


def _renaming() -> tuple[_Form, ...]:
    but = either(vocabulary()["instead"]["old_then_new"])
    return (
        (["not", "nicht", "no", "pas", "nie"], rf"\b(?:not|nicht|no|pas|nie)\s+{_OLD},?\s+{but}\s+{_NEW}{_WHOLE}"),
        (
            ["not", "nicht", "pas", "nie"],
            rf"\b(?:not|nicht|pas|nie)\s+{_OLD}(?:\s+any ?more)?(?:[,.;]\s+|\s[-–—]\s){_NEW}{_WHOLE}",
        ),
        (
            ["wrote", "said", "typed", "put"],
            rf"\b(?:wrote|said|typed|put)\s+{_OLD},?\s+(?:but\s+)?(?:i\s+)?(?:should\s+(?:be|have\s+been)|meant|mean|it['’]?s)\s+{_NEW}{_STOP}",
        ),
        (
            ["be", "become"],
            rf"^(?:the\s+)?(?P<old>[^,.;]{{1,40}}?)\s+(?:can|could|should|must|has to)\s+(?:be|become)\s+(?:called\s+|named\s+)?(?P<new>[^,.;]{{1,60}}?){_STOP}",
        ),
    )


def _exchanging() -> tuple[_Form, ...]:
    instead = vocabulary()["instead"]
    before_old, exchange, commaed = (either(instead[key]) for key in ("new_then_old", "exchange", "new_comma_old"))
    changing, dropping, taking = (either(instead[key]) for key in ("changing", "dropping", "taking"))
    return (
        (
            instead["old_first"],
            rf"^\W*(?:{either(idle_words())}\W+){{0,2}}?{either(instead['old_first'])}\s+{_OLD}(?:\s*[,:]\s*|\s+(?={taking}\b)){_NEW}{_WHOLE}",
        ),
        (instead["new_comma_old"], rf"^(?P<new>.{{1,120}}?),\s+{commaed}\s+(?P<old>[^,.;!?]{{1,60}}){_STOP}"),
        (instead["new_then_old"], rf"^(?P<new>.{{1,120}}?),?\s+{before_old}\s+(?P<old>[^,.;!?]{{1,60}}){_STOP}"),
        (
            instead["dropping"],
            rf"\b{dropping}\s+{_OLD}(?:\s+out)?(?:,?\s+(?:and\s+|but\s+)?{taking}\s+|,\s+(?=\d)){_NEW}{_WHOLE}",
        ),
        (instead["changing"], rf"\b{changing}\s+(?:the\s+)?{_OLD}\s+{exchange}\s+{_NEW}{_STOP}"),
        (
            [*instead["failing"], "too"],
            rf"{_OLD}\s+{failing()}(?:[.,;:]\s*|\s+(?=(?:so|just|say|make|only)\b)){_NEW}{_WHOLE}",
        ),
        (
            ["→", ">"],
            r"(?P<old>(?:[a-z]+\s+(?=\d))?[\w%€$£.,]+)\s*(?:→|-+>|=+>)\s*(?P<new>(?:[a-z]+\s+(?=\d))?[\w%€$£.,]+)",
        ),
        (
            ["from"],
            rf"(?:^\W*|\b(?:{changing}|move|push|shift|correct|update)\b[^.;]*?\s)from\s+{_OLD}\s+to\s+(?P<new>[^.;]{{1,80}}?){_STOP}",
        ),
    )


def _signs(phrases: Sequence[str]) -> frozenset[str]:
    """Of each phrase the longest word."""
    return frozenset(max(_WORD.findall(phrase.lower()), key=len) for phrase in phrases)


_WORD = re.compile(r"\w+|→|>")
