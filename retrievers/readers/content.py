"""What goes into a reader and what comes out: a document's elements in reading order, with clean text."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from retrievers.errors import DocumentTooLong, UnreadableDocument
from state.text import cleaned

MOST_PAGES = 5_000
LONGEST_HEADING_LINE = 120
"""A longer line is a sentence that somebody made bold."""
LONGEST_ROW = 500
"""A longer table row is told cell by cell, so that no passage holds a cell without its row."""
LONGEST_HEADER = 60
BOLD_LEVEL = 9
"""Below every declared heading: a line that is only set in bold."""

OnPage = Callable[[int, int | None], None]
Cell = str | None
"""None is a cell that belongs to the one on its left."""
Kind = Literal["heading", "paragraph", "item", "row"]


@dataclass(frozen=True, slots=True)
class Element:
    """A heading, a paragraph, an item of a list or a row of a table. Pages count from 1; a heading's level 0 is the highest."""

    kind: Kind
    text: str
    page: int | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read. `on_page` hears pages done and in all."""

    name: str
    data: bytes
    on_page: OnPage = field(default=lambda done, total: None)

    def refused(self, reason: str) -> UnreadableDocument:
        """The error that says why this file is not read."""
        return UnreadableDocument(filename=self.name, reason=reason)

    def check_pages(self, count: int, unit: str = "pages") -> None:
        """Raises DocumentTooLong."""
        if count > MOST_PAGES:
            raise DocumentTooLong(filename=self.name, count=f"{count:,} {unit}", most=f"{MOST_PAGES:,}")


@dataclass(frozen=True, slots=True)
class Content:
    """A document's elements in reading order, its pages where it has them, its title where it declares one."""

    elements: Iterable[Element]
    pages: int | None = None
    title: str = ""


# Zero-width, direction, tag and other format characters, variation selectors, soft hyphens and control characters: nobody
# sees them, a language model reads them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def plain(text: str) -> str:
    """`text` in NFC without characters that nobody sees."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", cleaned(_UNSEEN.sub("", _LINE_ENDS.sub("\n", text))))


def one_line(text: str) -> str:
    """`text` clean, with every run of white space as one space."""
    return " ".join(plain(text).split())


def heading(text: str, level: int, page: int | None = None) -> Element:
    """A heading; level 0 is the highest."""
    return Element("heading", one_line(text), page, level)


def paragraph(text: str, page: int | None = None) -> Element:
    """A text of its own."""
    return Element("paragraph", plain(text).strip(), page)


def item(text: str, page: int | None = None) -> Element:
    """A line of a list."""
    return Element("item", plain(text).strip(), page)


def row(text: str, page: int | None = None) -> Element:
    """A line of a table."""
    return Element("row", one_line(text), page)


def heads(text: str) -> bool:
    """Whether a line that stands out could be a heading by its words."""
    return 1 < len(text) <= LONGEST_HEADING_LINE and text[-1] not in ".,;!" and any(c.isalpha() for c in text)


def in_cell(blocks: Iterable[str]) -> str:
    """A cell's paragraphs and list items as one line."""
    texts = [text for text in map(one_line, blocks) if text]
    return " ".join(text if text[-1] in ".:;,!?" else f"{text};" for text in texts).removesuffix(";")


def table(rows: Sequence[Sequence[Cell]], marked: bool, page: int | None = None) -> Iterator[Element]:
    """A table's rows as "Header: cell; Header: cell", or "cell | cell" when no row names the columns.

    `marked` says that the first row is known to name them; else it is told by its looks.
    """
    filled = [list(cells) for cells in rows if any(cells)]
    header = filled[0] if len(filled) > 1 and (marked or _names_columns(filled)) else None
    if header and all(not cell for cell in header[1:]):
        header = None
    if header:
        # A cell over several columns names each of them.
        names = [one_line(cell or next((c for c in header[:at][::-1] if c), "")) if cell is None else one_line(cell)
                 for at, cell in enumerate(header)]  # fmt: skip
        for cells in filled[1:]:
            yield from (row(text, page) for text in _told(names, cells))
    else:
        for cells in filled:
            yield row(" | ".join(one_line(cell) or "–" for cell in cells if cell is not None), page)


def _names_columns(rows: Sequence[Sequence[Cell]]) -> bool:
    first = [cell or "" for cell in rows[0]]
    words = all(cell and len(cell) <= LONGEST_HEADER and not any(c.isdigit() for c in cell[:1]) for cell in first[1:])
    return len(first) > 2 and words and len(set(first)) == len(first)


def _told(names: Sequence[str], cells: Sequence[Cell]) -> Iterator[str]:
    """A row's text; cell by cell when it is long."""
    told: list[tuple[list[str], str]] = []
    for at, cell in enumerate(cells):
        name = names[at] if at < len(names) else ""
        if cell is None and told:
            told[-1][0].append(name)
        elif cell or name:
            told.append(([name], one_line(cell or "")))
    texts = [f"{', '.join(dict.fromkeys(filter(None, n)))}: {t or '–'}" if any(n) else t for n, t in told]
    whole = told[0][1] if len(told) == 1 else "; ".join(texts)
    if len(whole) <= LONGEST_ROW or len(told) < 3:
        yield whole
        return
    first = told[0][1] or texts[0]
    for (_, text), named in zip(told[1:], texts[1:], strict=True):
        if text:
            yield f"{first} – {named}"
