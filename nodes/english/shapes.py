"""Rules as shapes of tokens: `day of? month year?` is read like a regular expression whose letters are whole words.

A grammar is a data file beside this one. It tries its rules from left to right through a text, the earlier rule first, and each
rule brings its own examples.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from nodes.english.periods import When
from nodes.english.tokens import Token, letter, written

Read = TypeVar("Read")
FOLDER = Path(__file__).parent / "rules"
ANY = "whatever"
"""Stands for whatever token there is."""
_NAME, _FORM = re.compile(r"[a-z_]+"), re.compile(r"[A-Z]+")


@dataclass(frozen=True, slots=True)
class Rule(Generic[Read]):
    """One small form of words."""

    name: str
    shapes: tuple[str, ...]
    """Tags, sets and FORMS with `?`, `*`, `+`, `|`, brackets and lookarounds, read as regular expressions."""
    read: Callable[[Sequence[Token]], Read]
    """What the tokens of the shape mean."""
    yes: tuple[str, ...]
    """Texts in which it is found."""
    no: tuple[str, ...]
    """Texts in which it isn't."""


class Grammar(Generic[Read]):
    """Rules that are tried together."""

    def __init__(self, file: str, readers: Mapping[str, Callable[[Sequence[Token]], Read]]) -> None:
        """The rules of a data file; `readers` are what their `read` names. Raises ValueError or KeyError for what isn't known."""
        self.rules = tuple(_rule(told, readers) for told in _read_file(file)["rule"])
        if len({rule.name for rule in self.rules}) != len(self.rules):
            raise ValueError(f"rules/{file}.toml: two rules have one name")
        shapes = ["|".join(map(_pattern, rule.shapes)) for rule in self.rules]
        self._pattern = re.compile("|".join(f"({shape})" for shape in shapes))  # group n is of rule n - 1
        self._alone = [*zip(map(re.compile, shapes), self.rules, strict=True)]

    def find(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, Rule[Read], Read]]:
        """Where rules read something, as stretches of `tokens` that never overlap, and what they make of it.

        A rule that reads None leaves its tokens to the rules after it, and then to the next token.
        """
        letters, at = written(tokens), 0
        while match := self._pattern.search(letters, at):
            found = self._first_that_reads(tokens, letters, match)
            if found is None:
                at = match.start() + 1
            else:
                yield found
                at = max(found[1], at + 1)

    def _first_that_reads(
        self, tokens: Sequence[Token], letters: str, match: re.Match[str]
    ) -> tuple[int, int, Rule[Read], Read] | None:
        for pattern, rule in self._alone[(match.lastindex or 1) - 1 :]:
            found = pattern.match(letters, match.start())
            if found and (made := rule.read(tokens[found.start() : found.end()])) is not None:
                return found.start(), found.end(), rule, made
        return None

    def names_in(self, tokens: Sequence[Token]) -> set[str]:
        """The names of the rules that read something somewhere in `tokens`."""
        return {rule.name for _, _, rule, _ in self.find(tokens)}


def _read_file(name: str) -> dict[str, Any]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _rule(told: dict[str, Any], readers: Mapping[str, Callable[[Sequence[Token]], Read]]) -> Rule[Read]:
    examples = tuple(told.get("yes", ())), tuple(told.get("no", ()))
    return Rule(told["name"], tuple(told["shapes"]), readers[told["read"]], *examples)


_SHARED = _read_file("sets")
_SETS: dict[str, str] = _SHARED["sets"]
_FORMS: dict[str, str] = _SHARED["forms"]


def _pattern(shape: str) -> str:
    """A shape as a regular expression over the tokens' letters."""
    whole = shape
    while _FORM.search(whole):  # a form may hold others
        whole = _FORM.sub(lambda form: f"({_FORMS[form[0]]})", whole)
    return _NAME.sub(lambda name: _letters(name[0]), re.sub(r"\((?!\?)", "(?:", whole)).replace(" ", "")


def _letters(name: str) -> str:
    if name == ANY:
        return "."
    return f"[{''.join(map(letter, _tags(name)))}]" if name in _SETS else letter(name)


def _tags(name: str) -> Iterator[str]:
    """The tags of a set, those of the sets in it too."""
    for part in _SETS[name].split("|"):
        yield from _tags(part) if part in _SETS else (part,)


def rewritten(tokens: Sequence[Token], grammar: Grammar[Token | None]) -> tuple[Token, ...]:
    """`tokens` with what the rules read put in place of what they read it from; where one reads None, nothing changes."""
    parts, at = list[Token](), 0
    for start, end, _, made in grammar.find(tokens):
        if made is not None:
            parts += tokens[at:start]
            parts.append(made)
            at = end
    return (*parts, *tokens[at:]) if parts else tuple(tokens)


def joined(tokens: Sequence[Token], tag: str, value: float = 0, when: When | None = None) -> Token:
    """One token in place of several; its text is left to whoever holds the whole."""
    return Token(tokens[0].start, tokens[-1].end, tag, " ".join(token.text for token in tokens), value, when)
