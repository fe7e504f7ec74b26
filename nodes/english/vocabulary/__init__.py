"""The words that the readers know, from the data files beside this one: loaded once, each word in one group."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
FILES = ("structure", "numbers", "calendar", "amounts")
EACH_ITS_OWN = "single"
"""Words of this group are a group each."""
CASED = "cased"
"""Words of such a group are meant as they are written, small or with a capital."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word is."""

    group: str
    value: float
    """What it stands for: a number, a month's number, a length; 0 where it stands for nothing."""


def read_file(name: str) -> dict[str, dict[str, Any]]:
    """The groups of one data file."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _entries(group: str, told: dict[str, Any]) -> dict[str, Entry]:
    values: dict[str, float] = told.get("values") or dict.fromkeys(told["words"].split(), 0)
    own = group == EACH_ITS_OWN
    return {word: Entry(word if own else group, value) for word, value in values.items()}


def _load(cased: bool) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for file in FILES:
        for group, told in read_file(file).items():
            for word, entry in _entries(group, told).items() if told.get(CASED, False) == cased else ():
                if word in found:
                    raise ValueError(f"vocabulary/{file}.toml: “{word}” is in {found[word].group} and in {group}")
                found[word] = entry
    return found


_SMALL, _CASED = _load(cased=False), _load(cased=True)
GROUPS = tuple(dict.fromkeys(entry.group for entry in (*_SMALL.values(), *_CASED.values())))
"""Every group of words."""


def look_up(word: str) -> Entry | None:
    """What a word is, as it is written; None for one that no reader knows."""
    return _CASED.get(word) or _SMALL.get(word.lower())


def words_in(group: str) -> dict[str, float]:
    """The words of a group and what they stand for."""
    return {word: entry.value for word, entry in (*_SMALL.items(), *_CASED.items()) if entry.group == group}


MONTHS = "|".join(sorted(words_in("month"), key=len, reverse=True))
"""Every name of a month, long and short, as a regular expression writes them."""
NUMBER_WORDS = frozenset(
    word
    for group in ("one", "ones", "nil", "teens", "tens", "scale")
    for word in words_in(group)
    if word not in ("mn", "bn")
) | {"half"}
"""Words that stand for a number by themselves."""
