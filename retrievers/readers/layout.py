"""From runs of text on pages to headings, paragraphs, lists and tables: what every program sees as loose lines."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from retrievers.readers.columns import in_reading_order
from retrievers.readers.content import BOLD_LEVEL, Element, heading, heads, item, paragraph, table
from retrievers.readers.lines import Line
from retrievers.readers.text import BULLET

MARGIN = 0.12
"""The share of a page's height at its top and at its foot where running headers stand."""
FEWEST = 3
FEWEST_NUMBERED = 2
MOST_PAGES_SHARE = 0.4
"""Headers of left and right pages differ, so each stands on half of the pages."""
LARGER = 1.12
"""A heading's size over that of the body text."""
LEVELS = 5
SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
LEADER = re.compile(r"(?:\.\s?){4,}\s*\d+$|…{2,}\s*\d+$")
PAGE_NUMBER = re.compile(
    r"[-–\s]*(?:page|seite|p\.)?\s*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|von|/)\s*\d{1,4})?[-–\s]*", re.I
)
Box = tuple[float, float, float, float]


def without_furniture(pages: Sequence[list[Line]], boxes: Sequence[Box]) -> list[list[Line]]:
    """The pages without headers, footers and page numbers: what stands in the margins of many pages, numbers aside."""
    body = _body(line for lines in pages for line in lines)
    margins = [[line for line in lines if _in_margin(line, box)] for lines, box in zip(pages, boxes, strict=True)]
    counts = Counter(text for lines in margins for text in {_pattern(line, body) for line in lines})
    numbered = Counter(key for lines in margins for line in lines if (key := _numbered(line, body)))
    least = max(FEWEST, MOST_PAGES_SHARE * sum(bool(lines) for lines in pages))

    def is_furniture(line: Line) -> bool:
        key = _numbered(line, body)
        repeats = counts[_pattern(line, body)] >= least or bool(key and numbered[key] >= FEWEST_NUMBERED)
        return repeats or bool(PAGE_NUMBER.fullmatch(line.text))

    dropped = {id(line) for lines in margins for line in lines if is_furniture(line)}
    return [[line for line in lines if id(line) not in dropped] for lines in pages]


def _in_margin(line: Line, box: Box) -> bool:
    height = box[3] - box[1]
    return line.y > box[3] - MARGIN * height or line.y < box[1] + MARGIN * height


def _pattern(line: Line, body: float) -> str:
    """The text by which a line repeats. "Level 1" and "Level 2" above two pages are headings, and not the same."""
    stands_out = line.bold or line.size >= body * LARGER
    return line.text if stands_out else re.sub(r"\d+", "#", line.text.lower())


def _numbered(line: Line, body: float) -> tuple[str, int] | None:
    """A running header that changes by chapter is told by the page number in it, which grows with the page."""
    found = re.fullmatch(r"(\d{1,4})\s+(.+)|(.+?)\s+(\d{1,4})", line.text)
    if not found or line.bold or line.size >= body * LARGER:
        return None
    return found[2] or found[3], int(found[1] or found[4]) - line.page


def _body(lines: Iterable[Line]) -> float:
    """The size of most of the text."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 0


@dataclass(frozen=True, slots=True)
class _Type:
    """How a document sets its body and its headings."""

    body: float
    sizes: Sequence[float]
    bold_stands_out: bool

    def level(self, line: Line) -> int | None:
        if line.size >= self.body * LARGER and any(c.isalpha() for c in line.text):
            return next(n for n, size in enumerate(self.sizes) if line.size >= size)
        return BOLD_LEVEL if line.bold and self.bold_stands_out and heads(line.text) else None


def elements_of(pages: Sequence[list[Line]]) -> Iterator[Element]:
    """The elements of all pages in reading order; a paragraph that runs on to the next page is one."""
    lines = [line for page in pages for line in page]
    if not lines:
        return
    kinds = _typeset(lines)
    hyphened = {word.lower() for line in lines for word in re.findall(r"\w+-\w+", line.text)}
    waiting: Element | None = None
    for page in pages:
        for element in _page(page, kinds, hyphened):
            if waiting is not None and _runs_on(waiting, element):
                waiting = replace(waiting, text=_joined(waiting.text, element.text, hyphened))
                continue
            if waiting is not None:
                yield waiting
            waiting = element
    if waiting is not None:
        yield waiting


def _typeset(lines: Sequence[Line]) -> _Type:
    body = _body(lines)
    bold = sum(len(line.text) for line in lines if line.bold)
    larger = sorted({line.size for line in lines if line.size >= body * LARGER}, reverse=True)
    return _Type(body, [*larger[: LEVELS - 1], 0.0], bold < 0.3 * sum(len(line.text) for line in lines))


def _runs_on(before: Element, after: Element) -> bool:
    return (
        before.kind in ("paragraph", "item")
        and after.kind == "paragraph"
        and not SENTENCE_END.search(before.text)
        and after.text[:1].islower()
    )


def _page(lines: list[Line], kinds: _Type, hyphened: set[str]) -> Iterator[Element]:
    for block in in_reading_order(lines):
        for is_row, group in groupby(_rows(block), lambda cells: len(cells) > 1):
            rows = list(group)
            if is_row and len(rows) > 1:
                yield from _table(rows)
            else:
                yield from _flow([_whole(cells) for cells in rows], kinds, hyphened)


def _rows(block: Sequence[Line]) -> list[list[Line]]:
    """Lines beside each other; in a table, what wraps inside a cell joins the row above."""
    rows: list[list[Line]] = []
    for line in sorted(block, key=lambda one: (-one.y, one.left)):
        if rows and abs(rows[-1][0].y - line.y) < 0.5 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_unbulleted(sorted(cells, key=lambda one: one.left)) for cells in rows]


def _unbulleted(cells: list[Line]) -> list[Line]:
    """A list's mark stands apart from its text, and is no cell."""
    if len(cells) > 1 and len(cells[0].text) <= 4 and BULLET.match(f"{cells[0].text} x"):
        return [cells[0].followed_by(cells[1]), *cells[2:]]
    return cells


def _whole(cells: list[Line]) -> Line:
    line = cells[0]
    for cell in cells[1:]:
        line = line.followed_by(cell)
    return line


def _table(rows: list[list[Line]]) -> Iterator[Element]:
    """Cells go under the widest row's cell that they overlap most."""
    widest = max(rows, key=len)
    anchors = [cell.left for cell in widest]
    grid: list[list[str]] = []
    for cells in rows:
        texts = [""] * len(anchors)
        for cell in cells:
            at = min(range(len(anchors)), key=lambda n: abs(anchors[n] - cell.left))
            texts[at] = f"{texts[at]} {cell.text}".strip()
        if grid and not texts[0]:
            grid[-1] = [f"{above} {text}".strip() for above, text in zip(grid[-1], texts, strict=True)]
        else:
            grid.append(texts)
    marked = all(cell.bold for cell in rows[0]) and not all(cell.bold for cell in rows[1])
    yield from table([texts for texts in grid if not LEADER.search(" ".join(texts))], marked, rows[0][0].page)


def _flow(lines: Sequence[Line], kinds: _Type, hyphened: set[str]) -> Iterator[Element]:
    lines = [line for line in lines if not LEADER.search(line.text)]
    pitch = _pitch(lines)
    left = min((line.left for line in lines), default=0)
    right = max((line.right for line in lines), default=0)
    group: list[Line] = []
    for line in lines:
        if group and _parts(group[-1], line, kinds, pitch, left, right):
            yield _element(group, kinds, hyphened)
            group = []
        group.append(line)
    if group:
        yield _element(group, kinds, hyphened)


def _pitch(lines: Sequence[Line]) -> float:
    steps = [a.y - b.y for a, b in pairwise(lines) if a.page == b.page and 0 < a.y - b.y < 2.5 * a.size]
    return median(steps) if len(steps) > 2 else 0


def _parts(before: Line, line: Line, kinds: _Type, pitch: float, left: float, right: float) -> bool:
    """Whether a new paragraph begins with `line`."""
    if kinds.level(before) != kinds.level(line) or abs(before.size - line.size) > 1:
        return True
    gap = before.y - line.y
    if gap > (min(1.35 * pitch, 2 * line.size) if pitch else 1.7 * line.size) or BULLET.match(line.text):
        return True
    if not SENTENCE_END.search(before.text):
        return False
    is_short = before.right < right - 0.15 * (right - left)
    indents = line.left > before.left + 0.8 * line.size and before.left < left + 0.5 * line.size
    return is_short or indents


def _element(lines: Sequence[Line], kinds: _Type, hyphened: set[str]) -> Element:
    text = lines[0].text
    for line in lines[1:]:
        text = _joined(text, line.text, hyphened)
    level, page = kinds.level(lines[0]), lines[0].page
    if level is not None and len(lines) <= 3 and len(text) <= 200:
        return heading(text, level, page)
    mark = BULLET.match(text)
    if mark:
        return item(text if text[0].isalnum() or text[0] == "(" else text[mark.end() :], page)
    return paragraph(text, page)


def _joined(text: str, more: str, hyphened: Iterable[str]) -> str:
    """Two lines as one; a word that was broken between them is whole again."""
    broken = re.search(r"(\w+)[-‐]$", text[-60:])
    rest = re.match(r"\w+", more)
    if not broken or not rest:
        return f"{text} {more}"
    if more[0].islower() and f"{broken[1]}-{rest[0]}".lower() not in hyphened:
        return text[:-1] + more
    return text + more
