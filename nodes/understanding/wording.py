"""The words around what is put right: read from `vocabulary/mending.toml`, and taken off before a correction is read for what it names."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from nodes.english.terms import terms


@cache
def vocabulary() -> dict[str, Any]:
    """The words of `vocabulary/mending.toml`."""
    return tomllib.loads((Path(__file__).parent / "vocabulary" / "mending.toml").read_text(encoding="utf-8"))


def either(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first."""
    return _either(tuple(words))


@cache
def _either(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True)) + ")"


def has(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands in a text."""
    return bool(_any_of(tuple(words)).search(text))


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_either(words)})(?!\w)", re.IGNORECASE)


def announced(text: str) -> int:
    """Where what a correction says begins: behind `no wait, sorry, i meant`."""
    start, words = 0, _announcing_phrases()
    while match := words.match(text, start):
        start = match.end()
    return start if start < len(text) else 0


@cache
def _announcing_phrases() -> re.Pattern[str]:
    """One announcing word or phrase with what follows it."""
    return re.compile(
        rf"(?:{either(chain.from_iterable(vocabulary()['announcing'].values()))})(?![\w'’])[\s,:.!–—-]*", re.IGNORECASE
    )


@cache
def idle_words() -> frozenset[str]:
    """Words that announce a correction or name a kind of fact, and say nothing of what is put right."""
    data = vocabulary()
    phrases = chain.from_iterable([*data["announcing"].values(), *data["fields"].values()])
    return frozenset(word for phrase in phrases for word in phrase.split())


@cache
def idle_stems() -> frozenset[str]:
    """Stems of the idle words."""
    return terms(" ".join(idle_words()))


def says_more(text: str) -> bool:
    """Whether something follows the words that announce a correction."""
    begin = announced(text)
    return bool(begin) and bool(re.search(r"\w{2,}|\d", text[begin:]))


def without_tail(text: str) -> str:
    """A new value without what follows it and is no part of it: `June instead`, `3 is plenty`."""
    return _TAIL.sub("", text)


_TAIL = re.compile(
    r"(?:[\s,]+(?:instead|rather|please|pls|now|then|ok|thanks|sorry|though|actually|haha|lol|i me(?:an|ant)|by the way|btw|again|"
    r"to be honest|tbh|honestly|(?:is|are|would be|is more|sounds|seems|sounds more|seems more) (?:plenty|enough|fine|ok|better|realistic|right)|will do|would do))+\W*$",
    re.IGNORECASE,
)


def repairs(text: str) -> bool:
    """Whether a text opens with a word that takes back what was said before it."""
    return bool(_repair().match(text))


def fails(text: str) -> bool:
    """Whether a text only says that something will not do: `June 2028 won't work`."""
    return bool(_failing().search(text))


def repairs_plainly(text: str) -> bool:
    """Whether a text opens by words that do nothing but take back: `no wait`, `hmm no`, or says that something will not do."""
    return bool(_plain_repair().match(text)) or fails(text)


def failing() -> str:
    """A pattern for what is said of a thing that will not do: `won't work`, `is too ambitious`."""
    too = r"(?:is|are|was|were|seems?|sounds?|feels?) (?:way |a bit |much |far )?too \w+"
    return rf"(?:{either(vocabulary()['instead']['failing'])}|{too})"


@cache
def _failing() -> re.Pattern[str]:
    return re.compile(rf"^\S+(?:\s+\S+){{0,4}}\s+{failing()}\W*$", re.IGNORECASE)


@cache
def _plain_repair() -> re.Pattern[str]:
    data = vocabulary()["repair"]
    no = rf"(?:{either(data['sounds'])}\W+)+{either(data['no'])}(?=\W*$|\s*[,.;:!–—-])"
    return re.compile(rf"\W*(?:{either(data['plain'])}(?![\w'’])|{no})", re.IGNORECASE)


def repairs_value(text: str) -> bool:
    """Whether a text opens by putting another amount or time in the place of one: `rather 2`, `honestly 100k`."""
    return bool(_OTHER_VALUE.match(text))


_OTHER_VALUE = re.compile(
    r"\W*(?:(?:or|well|no|ok|hm+)\W+)?(?:rather|better|make (?:it|that)|honestly|more like|let['’]?s (?:rather )?say|better say|i mean|no)\W+"
    r"(?:by |in |until |only |just |at most |at least )?(?=[€$£]?\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)\b)",
    re.IGNORECASE,
)


@cache
def _repair() -> re.Pattern[str]:
    """A bare `no` repairs only apart from what follows or before a word that announces it: `no complaints` is a target."""
    data = vocabulary()["repair"]
    no = rf"{either(data['no'])}(?=\W*$|\s*[,.;:!–—-]|\s+\d|\s+{either(data['after_no'])}\b)"
    return re.compile(rf"\W*(?:{either(data['sounds'])}\W+)*(?:{either(data['words'])}(?![\w'’])|{no})", re.IGNORECASE)


def opens_instead(text: str) -> bool:
    """Whether a text opens by putting something in the place of another that it doesn't name."""
    return has(text[: announced(text)], vocabulary()["instead"]["alone"])


def latest_meant(words: str) -> int:
    """How many of the latest things said some words point at: `those two`; 0 where they name something."""
    return next((int(count) for count, named in vocabulary()["pointing"].items() if words.lower() in named), 0)
