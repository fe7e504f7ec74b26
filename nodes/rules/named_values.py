"""Finds which values a text names, with everything it says of each: for judging, so every piece keeps its place."""

# ruff: noqa: E501 - a pattern or a word list reads best unbroken

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from nodes.english.lexicon import STOP, VERB_FORMS, word_set
from nodes.english.spans import Stretches
from nodes.english.terms import stem
from nodes.english.value_words import ADJECTIVES, NAMES
from nodes.english.words import Word, is_content, words_of

_MORE_NAMES = word_set(
    "candour candor caution frankness impartiality neighbourliness neighborliness originality restraint self-determination "
    "thoughtfulness thrift tidiness truthfulness accessibility humbleness moderation modesty perseverance tenacity rigour rigor "
    "straightforwardness self-respect equal-treatment camaraderie comradeship cordiality politeness punctuality sobriety serenity"
)
_ORDINARY = word_set(
    "achievement adaptability care communication competence customer detail determination development drive faith family feedback "
    "focus freedom friendship fun growth health improvement impact knowledge leadership learning listening love mentoring order "
    "participation partnership performance positivity progress purpose quality recognition results safety security sharing speed "
    "support teaching team teamwork tradition training trust truth understanding unity variety vision work-life"
)
"""Names of values that are ordinary words too: in running prose they name one only where values are spoken of."""
_SAME = {
    "sincerity": "honesty", "truthfulness": "honesty", "truth": "honesty", "frankness": "honesty", "candour": "honesty",
    "candor": "honesty", "sincere": "honesty", "honest": "honesty", "truthful": "honesty", "respectfulness": "respect",
    "humbleness": "humility", "modesty": "humility", "dependability": "reliability", "tenacity": "persistence",
    "perseverance": "persistence", "cooperation": "teamwork", "collaboration": "teamwork",
}  # fmt: skip
"""Other names of one value: in other words it is no further one."""
_SPEAKS_OF_VALUES = re.compile(
    r"\b(?:values?|principles?|believe in|stand for|care (?:deeply |a lot |most )?(?:about|for)|cherish|prize|treasure|hold on to|live by|"
    r"matters|matter (?:most|a lot|to me)|important|essential|comes? first|is (?:the |my )?(?:first|second|third|next|last)|counts? most|mean a lot)\b",
    re.IGNORECASE,
)
_UNIT = re.compile(r"[^.!?;\n…]+[.!?;…]*")
_LABELLED = re.compile(
    r"^(?:[^\w\s(]|\s)*(?:\d{1,2}[.)]\s*)?(?:(?:and|then|also|next|first|second|third|finally|lastly|my|the|values?|i value|is|are|would be|being|by)\b[\s,:]*)*"
    r"(?P<name>[^\W\d_][\w'’&/-]*(?:\s[\w'’&/-]+){0,3}?)\s*(?::|\s?[–—]\s|\s-\s|\s?=\s|\s>\s|\s?\(|…|\.\.\.|,\s(?=(?:so|because|i|we|my|it|this|gauges|job)\b))",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"(?:^(?:.{0,40}\bvalue\s+)?|,\s*|\band\s+)(?P<name>[a-z][\w'’-]*(?:\s[\w'’-]+){0,2}|[a-z]+(?= with\b))\s*(?:\(|with\b)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\s*,[^.;:(\n]{0,60}(?:,|\band|\bthen|\bplus)?\s*", re.IGNORECASE)
"""The next things of a list."""
_BULLET = re.compile(r"\s*(?:[•*▪◦]|-\s|\d{1,2}[.)]\s)\s*")
_LONGEST_ALONE = 5
_NO_NAME = re.compile(
    r"\b(?:values?|principles?|example|note|ps|p\.s|month|week|plan|goal|i|we|you|they|he|she|it|is|are|was|has|have|when|if|what|as|"
    r"our|says?|said|by|on|in|at|so|since|there|here|this|that|these|those|perhaps|maybe|just|honestly|also|well|around|later|without)\b|['’](?:m|ve|ll|s)\b",
    re.IGNORECASE,
)
_OTHERS_SHOULD = re.compile(
    r"^(?!.*\b(?:i|we)\s+(?:should|must|ought|need)\b).*\b(?:should|ought to|must|need to|needs to|had better)\b", re.I
)
_DEFINES = re.compile(
    r"^\W*(?:is|are|means?|denotes?|refers? to|describes?|signif\w+|consists? in|stands? for|can be understood)\b(?!.*\b(?:i|my|we|our)\b)",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:i|me|my|mine|myself|we|our|us)\b|\b[a-z]+ing\b", re.IGNORECASE)
_ABSTRACT = re.compile(r"(?:tion|sion|ment|ness|ity|ance|ence|ship|ism|hood|ful|ive|able|ible|ous)s?$")
_STATES = word_set(
    "come comes came followed biggest main am be been being feel feeling believe think know want like love need mean meant matter count stand try tell telling told say saying said "
    "show showing shown treat rely help thing person people everyone always never sort kind way life times former view opinion lie lies untrue "
    "truth honest nature born years business company colleague colleagues others behave behaving action actions task tasks work working job "
    "live living act acting make making do doing give giving keep keeping nothing something anything everything crosses lips deal great"
)
_FEWEST_LABELS = 2
"""So many labels, and a name inside what is told of one is no value of its own."""
_FEWEST_DEED, _FEWEST_OWN, _FEWEST = 1, 2, 3
"""Telling words that show a value: fewer where a deed is named or the writer speaks of themselves."""
_DEED = re.compile(r"^[\W_]*(?:(?:by|always|never|not|only|even)\s)*[a-z]+ing\b", re.IGNORECASE)
_WITH_WHOM = word_set(
    "team teams colleague colleagues teammate teammates people others everyone family families customers parents"
)


@dataclass(frozen=True, slots=True)
class NamedValue:
    """One value: its name as written, and what the text says of it up to the next one."""

    name: str
    told: str

    @property
    def explained(self) -> bool:
        """Whether more is said than its name."""
        if _GOES_ON.fullmatch(self.told):
            return False
        words = [w.lower for w in words_of(self.told)]
        return sum(w not in STOP for w in words) >= _FEWEST_OWN

    @property
    def shown(self) -> bool:
        """Whether something concrete is told that its writer does; a definition or praise in the same words shows nothing."""
        units = [unit for _, unit in _units(self.told) if not _OTHERS_SHOULD.match(unit.strip())]
        told = " ".join(units)
        if _DEFINES.match(told):
            return False
        words = words_of(told)
        own_name = {stem(w.lower) for w in words_of(self.name)}
        telling = {stem(w.lower) for w in words if _tells(w)} - own_name
        if not _OWN.search(told):
            return len(telling) >= _FEWEST
        with_whom = {w.lower for w in words if w.lower in _WITH_WHOM}
        return len(telling | with_whom) >= (_FEWEST_DEED if _DEED.match(told) else _FEWEST_OWN)


@lru_cache(maxsize=64)
def named_values(text: str) -> tuple[NamedValue, ...]:
    """The values of a text in order; one that is named twice, or under another of its names, counts once."""
    marks = sorted(_marks(text))
    told = [
        (name, text[end:stop].split("\n\n")[0])
        for (_, end, name), (stop, _, _) in pairwise([*marks, (len(text), 0, "")])
    ]
    found: dict[str, tuple[str, list[str]]] = {}
    for name, words in told:
        found.setdefault(_key(name), (name, []))[1].append(words)
    return tuple(NamedValue(name, " ".join(words)) for name, words in found.values())


def _tells(word: Word) -> bool:
    lower = word.lower
    plain = lower in STOP or lower in _STATES or lower in NAMES or lower in ADJECTIVES or lower in _MORE_NAMES
    colours = _ABSTRACT.search(lower) or lower.endswith("ly")
    return not (plain or colours) and (is_content(lower) or lower in VERB_FORMS)


def _marks(text: str) -> set[tuple[int, int, str]]:
    """Where each name stands: its start, its end, the name."""
    units, end = list(_units(text)), len(text.rstrip())
    labels = {mark for start, unit in units for mark in _labels(start, unit, end)}
    if len(labels) >= _FEWEST_LABELS:
        openings = {mark for start, unit in units for mark in _mentions(start, unit) if mark[0] == start + _lead(unit)}
        labelled = Stretches(sorted((start, end) for start, end, _ in labels))
        return labels | {mark for mark in openings if labelled.at(mark[0]) is None}
    return {*labels, *(mark for start, unit in units for mark in _mentions(start, unit))}


def _lead(unit: str) -> int:
    return len(unit) - len(unit.lstrip())


def _units(text: str) -> Iterator[tuple[int, str]]:
    return ((match.start(), match[0]) for match in _UNIT.finditer(text) if match[0].strip(" .!?;…"))


def _labels(start: int, unit: str, end: int) -> Iterator[tuple[int, int, str]]:
    """A name that stands for itself: before a colon or dash, in front of brackets, or alone in its sentence."""
    bracketed = [m for m in _BRACKETED.finditer(unit) if _may_name(m["name"])]
    if len(bracketed) >= 2:
        yield from ((start + m.start("name"), start + m.end("name"), m["name"]) for m in bracketed)
        return
    match = _LABELLED.match(unit)
    listed = _BULLET.match(unit)
    if listed and len(unit.split()) <= _LONGEST_ALONE and not match:
        yield start + listed.end(), start + len(unit), unit[listed.end() :].strip(" .;")
        return
    alone = unit.strip(" .!;\n") if start + len(unit) < end else ""
    if match and _may_name(match["name"]):
        yield start + match.start("name"), start + match.end("name"), match["name"]
    elif _is_value(alone.removeprefix("Then ").removeprefix("And ")) or re.match(
        r"(?:Keeping|Being|Doing|Having) \S+(?: \S+)?$", alone
    ):
        yield start, start + len(unit), alone


def _may_name(name: str) -> bool:
    return not _NO_NAME.search(name)


def _mentions(start: int, unit: str) -> Iterator[tuple[int, int, str]]:
    if _OTHERS_SHOULD.match(unit.strip()):
        return
    spoken = bool(_SPEAKS_OF_VALUES.search(unit)) or _is_list(unit)
    words = words_of(unit)
    ended = -2
    for before, word in pairwise((None, *words)):
        if word is None or not _is_value(word.lower):
            continue
        being = before is not None and before.lower in ("being", "be", "is", "are", "am")
        if before is not None and before.lower in ("i", "we"):
            continue
        if word.lower in ADJECTIVES and not (being or spoken):
            continue
        if word.lower in _ORDINARY and not spoken:
            continue
        if word.start > ended + 1:
            yield start + word.start, start + word.end, word.lower
        ended = word.end


def _is_list(unit: str) -> bool:
    words = [w.lower for w in words_of(unit) if w.lower not in STOP]
    return bool(words) and sum(_is_value(w) for w in words) * 2 >= len(words)


def _is_value(word: str) -> bool:
    lower = word.lower().strip()
    return lower in NAMES or lower in ADJECTIVES or lower in _MORE_NAMES


def _key(name: str) -> str:
    words = [w.lower for w in words_of(name) if w.lower not in STOP]
    known = [w for w in words if _is_value(w)] or words
    nouns = [ADJECTIVES.get(w, w) for w in known[:2]]
    return " ".join(sorted(stem(_SAME.get(n, n)) for n in nouns)) or name.lower()
