"""The words that screening knows, by what they have to do with judging."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("words.yaml")


@cache
def classes() -> Mapping[str, tuple[str, ...]]:
    """The classes of each word, in the order of the file."""
    found: dict[str, list[str]] = {}
    for name, group in yaml.safe_load(_FILE.read_text(encoding="utf-8")).items():
        for word in str(group["words"]).split():
            found.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in found.items()}


def has_class(word: str, *wanted: str) -> bool:
    """Whether a word belongs to one of the classes."""
    return any(name in wanted for name in classes().get(word, ()))
