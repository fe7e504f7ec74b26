"""The words by which somebody speaks of a draft, read from `vocabulary/drafting.toml`."""

# ruff: noqa: E501 - a pattern reads best unbroken

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from nodes.understanding.wording import either

_END = r"(?![\w'’])"


@cache
def vocabulary() -> dict[str, Any]:
    """The words of `vocabulary/drafting.toml`."""
    path = Path(__file__).parent.parent / "vocabulary" / "drafting.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def words(group: str, name: str) -> list[str]:
    """The words of a group."""
    return list(vocabulary()[group][name])


@cache
def phrase(group: str, *names: str) -> str:
    """A pattern for any word of some lists of a group, straight or curly apostrophes."""
    return either(word for name in names for word in words(group, name)).replace("'", "['’]")


@cache
def _opener() -> re.Pattern[str]:
    return re.compile(rf"\W*(?P<said>{phrase('openers', 'words')}){_END}[\s,;:.!…–—-]*", re.IGNORECASE)


def without_openers(text: str) -> tuple[str, tuple[str, ...]]:
    """What a sentence says behind `no, please, also`, and which of them stood there."""
    said: list[str] = []
    start = 0
    while (match := _opener().match(text, start)) and match.end() < len(text):
        if match["said"].lower() in words("openers", "not_alone") and not re.search(r"[,;:.!–—-]", match[0]):
            break
        said.append(match["said"].lower())
        start = match.end()
    return text[start:], tuple(said)


def opens_with_yes(text: str) -> bool:
    """Whether a text begins with a yes and asks for nothing."""
    return not has(text, words("approving", "saving")) and bool(
        re.match(rf"\W*(?:{phrase('openers', 'yes')}){_END}", text, re.IGNORECASE)
    )


@cache
def _tail(group: str) -> re.Pattern[str]:
    return re.compile(rf"(?:[\s,;–—-]+{phrase(group, 'tails')})+\W*$", re.IGNORECASE)


def without_tail(text: str, group: str = "removing") -> str:
    """Words without what follows them and names nothing: `from the text, please`."""
    bare = text.strip(" ,;:.!?")
    short = _tail(group).sub("", f" {bare}").strip(" ,;:.!?")
    return short or bare


@cache
def _around() -> re.Pattern[str]:
    return re.compile(rf"(?:{phrase('removing', 'around')}{_END}\s+)+", re.IGNORECASE)


def without_around(text: str) -> str:
    """Words without `the word` in front."""
    return _around().sub("", text, count=1) if _around().match(text) else text


@cache
def behind(group: str, name: str) -> re.Pattern[str]:
    """What stands behind one of the words of a list that opens a text: group `what`."""
    return re.compile(rf"{phrase(group, name)}{_END}(?P<colon>\s*:)?[\s,]*(?P<what>\S.*)", re.IGNORECASE | re.DOTALL)


@cache
def before(group: str, name: str) -> re.Pattern[str]:
    """What stands before one of the words of a list that ends a text: group `what`."""
    return re.compile(rf"(?P<what>\S.*?)[\s,]+{phrase(group, name)}\W*$", re.IGNORECASE | re.DOTALL)


@cache
def between(group: str) -> re.Pattern[str]:
    """What stands between a verb and its particle: `take X out`."""
    return re.compile(
        rf"{phrase(group, 'apart')}{_END}\s+(?P<what>\S.*?)\s+{phrase(group, 'apart_ends')}{_END}(?P<rest>.*)",
        re.IGNORECASE | re.DOTALL,
    )


def has(text: str, found: Iterable[str]) -> bool:
    """Whether one of some words stands in a text."""
    return bool(_any_of(tuple(found)).search(text))


@cache
def _any_of(found: tuple[str, ...]) -> re.Pattern[str]:
    words_of_it = either(found).replace("'", "['’]")
    return re.compile(rf"(?<!\w){words_of_it}{_END}", re.IGNORECASE)


@cache
def _only_of(*lists: str) -> re.Pattern[str]:
    """A text of nothing but the words of some lists, `group.name`."""
    every = [word for one in lists for word in words(*one.split("."))]
    return re.compile(rf"[\W_]*(?:{either(every)}(?!\w)[\W_]*)+".replace("'", "['’]"), re.IGNORECASE)


def approves(text: str) -> bool:
    """Whether a text takes the draft as it is and says nothing else."""
    if "?" in text or not has(text, words("approving", "words")) or has(text, words("clearing", "again")):
        return False
    return bool(_only_of("approving.words", "approving.praise", "approving.around", "approving.rest").fullmatch(text))


def praises(text: str) -> bool:
    """Whether a text is nothing but praise and fillers."""
    return bool(_only_of("approving.praise", "approving.around", "openers.words").fullmatch(text))


def clears(text: str, *, shown: bool = True) -> bool:
    """Whether a text takes back all: `start over`, `delete all the steps`; where a draft is `shown` also `scrap it`."""
    again = has(text, words("clearing", "again"))
    verb = has(text, words("clearing", "verbs"))
    whole = has(text, words("clearing", "all")) or has(text, words("clearing", "wholes"))
    pointed = has(text, words("clearing", "one")) and has(text, words("clearing", "pointed"))
    if not again and has(text, words("clearing", "places")):
        return False
    whole = whole or (shown and pointed)
    if not (again or (verb and whole)) or has(text, words("keeping", "rest")):
        return False
    lists = (
        "clearing.verbs",
        "clearing.all",
        "clearing.one",
        "clearing.wholes",
        "clearing.things",
        "clearing.again",
        "clearing.around",
        "openers.words",
    )
    return bool(_only_of(*lists, "approving.praise").fullmatch(text))


NO_CUT = ("only", "just", "my goal", "goal", "the goal", "missing", "plus", "sin", "et aussi", "y también", "und auch")
"""Words that open what is asked for, but go on with a sentence as well."""


@cache
def _command() -> re.Pattern[str]:
    """Where a sentence goes on with the next thing that is asked for, or with a yes."""
    verbs = either(
        word
        for group, name in (
            ("removing", "verbs"),
            ("removing", "apart"),
            ("adding", "before"),
            ("writing", "whole"),
            ("clearing", "again"),
        )
        for word in words(group, name)
        if word not in NO_CUT
    )
    rest = either(words("approving", "rest"))
    saving = rf"(?:(?:please )?(?:save|submit|keep)(?: it| that| this)?(?: as it is)?|that's it|thats it|then yes|yes|go|{rest})\W*$"
    fields = r"(?:number|no\.?|step|point|item|value) \d+\b|it's (?=\S)|the (?:first|second|third|fourth|fifth|last)(?: one)?\b"
    joint = (
        r"(?:\s*[,;–—-]\s*|\s+)(?:and|but|then|und|et|oraz|pero|mais|aber|ale)\s+(?:please\s+|then\s+|also\s+|just\s+)*|"
        r"\s*[,;]\s+(?:please\s+|just\s+)?|\s+[–—-]+\s+"
    )
    pattern = rf"(?:{joint})(?=(?:{verbs}|{fields}){_END}|{saving})|\s+(?={rest}\W*$)"
    return re.compile(pattern.replace("'", "['’]"), re.IGNORECASE)


def cuts(text: str) -> list[tuple[int, int]]:
    """Where the next command or a yes follows: [end of what stands before, start of what follows)."""
    return [match.span() for match in _command().finditer(text) if match.start() > 0]
