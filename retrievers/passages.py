"""Cuts a document's elements into passages of 500 to 800 characters that keep their heading and page."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from retrievers.readers.content import Element

SHORTEST_PASSAGE = 500
LONGEST_PASSAGE = 800
LONGEST_SECTION = 700
"""A section ends after the element that makes it longer, so that what is cut from it has room for whole sentences."""
LONGEST_HEADING = 200
LEAST_BELOW = 100
"""Characters that must have room below a heading at a passage's end."""
BELOW = " > "
GAP = "\n\n"
NEXT = "\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage before it is embedded."""

    content: str
    heading: str
    page: int | None
    position: int


@dataclass(frozen=True, slots=True)
class Line:
    """One element of a document, or what is left of it from `start`, under its heading."""

    text: str
    heading: str
    page: int | None
    listed: bool = False
    """Whether it is a row of a table or an item of a list, which stand close to each other."""
    is_heading: bool = False
    start: int = 0

    def __len__(self) -> int:
        return len(self.text) - self.start


Lines = list[Line]


def cut(elements: Iterable[Element], title: str = "") -> Iterator[Piece]:
    """The passages in order, each with the path of headings it begins under, without the document's `title`.

    Only a document's last passage may be shorter than 500 characters.
    """
    for position, lines in enumerate(_packed(_sections(elements, title))):
        text = lines[0].text[lines[0].start :]
        for before, line in pairwise(lines):
            text += _gap(before, line) + line.text[line.start :]
        yield Piece(text, lines[0].heading, lines[0].page, position)


def _path(headings: Iterable[str], title: str) -> str:
    """The headings from the highest to the nearest; of a long path the nearest are kept."""
    names = list(headings)
    if len(names) > 1 and title.startswith(names[0]):
        names = names[1:]
    while len(names) > 1 and len(BELOW.join(names)) > LONGEST_HEADING:
        names = names[1:]
    return BELOW.join(names)[:LONGEST_HEADING]


def _sections(elements: Iterable[Element], title: str) -> Iterator[Lines]:
    """From a heading to the next, longer sections in parts."""
    section: Lines = []
    for line in _lines(elements, title):
        if section and (line.is_heading or _size(section) > LONGEST_SECTION):
            yield section
            section = []
        section.append(line)
    if section:
        yield section


def _lines(elements: Iterable[Element], title: str) -> Iterator[Line]:
    """Each element under the path of headings above it; a heading is part of its own path."""
    above: dict[int, str] = {}
    path = ""
    for element in elements:
        is_heading = element.kind == "heading"
        if is_heading:
            above = {n: name for n, name in above.items() if n < element.level} | {element.level: element.text}
            path = _path(above.values(), title)
        yield Line(element.text, path, element.page, element.kind in ("item", "row"), is_heading)


def _packed(sections: Iterable[Lines]) -> Iterator[Lines]:
    waiting = deque(sections)
    while waiting:
        lines = waiting.popleft()
        while waiting and (_size(lines) < SHORTEST_PASSAGE or lines[-1].is_heading):
            lines = lines + waiting.popleft()
        head, tail = _split(lines)
        if tail:
            waiting.appendleft(tail)
        yield head


def _split(lines: Lines) -> tuple[Lines, Lines]:
    """A passage from the start of `lines`, and what is left."""
    if _size(lines) <= LONGEST_PASSAGE:
        return lines, []
    count = next(n for n in range(1, len(lines) + 1) if _size(lines[:n]) >= SHORTEST_PASSAGE)
    # A heading goes with some of what it heads.
    while count < len(lines) and lines[count - 1].is_heading and _size(lines[:count]) <= LONGEST_PASSAGE - LEAST_BELOW:
        count += 1
    if _size(lines[:count]) <= LONGEST_PASSAGE:
        return lines[:count], lines[count:]
    whole, broken, rest = lines[: count - 1], lines[count - 1], lines[count:]
    taken = _size([*whole, replace(broken, start=len(broken.text))])
    ends, begins = _broken(broken, max(1, SHORTEST_PASSAGE - taken), LONGEST_PASSAGE - taken)
    head = replace(broken, text=broken.text[broken.start : ends], start=0)
    tail = replace(broken, start=begins)
    return [*whole, head], [tail, *rest] if len(tail) else rest


def _broken(line: Line, least: int, most: int) -> tuple[int, int]:
    """Where a line longer than `most` ends and begins anew: at a sentence's end if one lies in reach, else between words."""
    reach = line.text[line.start : line.start + most + 1]
    ends = [m for m in re.finditer(r"(?<=[.!?;])\s+|\n+", reach) if m.start() >= least]
    spaces = [m for m in re.finditer(r"\s+", reach) if m.start() >= least]
    at = ends[0] if ends else spaces[-1] if spaces else None
    if at is None:
        return line.start + most, line.start + most
    return line.start + at.start(), line.start + at.end()


def _size(lines: Lines) -> int:
    return sum(map(len, lines)) + sum(len(_gap(before, line)) for before, line in pairwise(lines))


def _gap(before: Line, line: Line) -> str:
    return NEXT if before.listed and line.listed else GAP
