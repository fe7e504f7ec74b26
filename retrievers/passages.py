"""Cuts a document's elements into passages of 500 to 800 characters that keep their heading and page."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from unstructured.chunking.title import chunk_by_title
from unstructured.documents.elements import Element, Title

from state.text import cleaned

SHORTEST_PASSAGE = 500
LONGEST_PASSAGE = 800
LONGEST_HEADING = 200
GAP = "\n\n"
UNBROKEN = 1_000_000
"""No limit for unstructured: it cuts long texts between any two words, we cut them between sentences."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage before it is embedded."""

    content: str
    heading: str
    page: int | None
    position: int


@dataclass(frozen=True, slots=True)
class Line:
    """One element of a document, or a part of it, under its heading."""

    text: str
    heading: str
    page: int | None


Lines = list[Line]


def cut(elements: Iterable[Element]) -> Iterator[Piece]:
    """The passages in order. Only a document's last one may be shorter than 500 characters."""
    for position, lines in enumerate(_packed(_sections(elements))):
        text = GAP.join(line.text for line in lines)
        yield Piece(text, lines[0].heading, lines[0].page, position)


def _sections(elements: Iterable[Element]) -> Iterator[Lines]:
    chunks = chunk_by_title(
        elements,
        max_characters=UNBROKEN,
        new_after_n_chars=LONGEST_PASSAGE - 100,
        combine_text_under_n_chars=SHORTEST_PASSAGE,
        multipage_sections=True,
    )
    heading = ""
    for chunk in chunks:
        lines: Lines = []
        for part in chunk.metadata.orig_elements or [chunk]:
            text = cleaned(part.text).strip()
            heading = text[:LONGEST_HEADING] if isinstance(part, Title) else heading
            if text:
                lines.append(Line(text, heading, part.metadata.page_number))
        if lines:
            yield lines


def _packed(sections: Iterable[Lines]) -> Iterator[Lines]:
    waiting = deque(sections)
    while waiting:
        lines = waiting.popleft()
        while _size(lines) < SHORTEST_PASSAGE and waiting:
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
    if _size(lines[:count]) <= LONGEST_PASSAGE:
        return lines[:count], lines[count:]
    whole, broken, rest = lines[: count - 1], lines[count - 1], lines[count:]
    taken = _size([*whole, replace(broken, text="")])
    head, tail = _broken(broken.text, SHORTEST_PASSAGE - taken, LONGEST_PASSAGE - taken)
    return [*whole, replace(broken, text=head)], [replace(broken, text=tail), *rest]


def _broken(text: str, least: int, most: int) -> tuple[str, str]:
    """A text longer than `most` in two, at a sentence's end if one lies in reach, else between words."""
    ends = [m.start() for m in re.finditer(r"(?<=[.!?;])\s+|\n+", text[: most + 1]) if m.start() >= least]
    spaces = [m.start() for m in re.finditer(r"\s+", text[: most + 1]) if m.start() >= least]
    at = ends[0] if ends else spaces[-1] if spaces else most
    return text[:at], text[at:].lstrip()


def _size(lines: Lines) -> int:
    return sum(len(line.text) for line in lines) + len(GAP) * (len(lines) - 1)
