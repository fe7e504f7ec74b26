"""HTML: what a browser shows of it, without menus, in reading order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from lxml import etree, html

from retrievers.readers.content import (
    BOLD_LEVEL,
    Cell,
    Content,
    Element,
    Source,
    heading,
    heads,
    in_cell,
    item,
    one_line,
)
from retrievers.readers.content import paragraph as paragraph_of
from retrievers.readers.content import table as table_of
from retrievers.readers.hidden import is_hidden
from retrievers.readers.text import decoded

CHARSET = re.compile(
    rb"""<meta[^>]{0,200}charset=["']?\s*([\w-]{2,30})|<\?xml[^>]{0,100}encoding=["']([\w-]{2,30})""", re.I
)
OPENING = 4096
"""Bytes in which a page declares its encoding."""
UNREAD = {"script", "style", "template", "noscript", "nav", "aside", "iframe", "object", "svg", "canvas", "button", "select",
          "textarea", "video", "audio", "map", "math", "dialog", "input", "datalist"}  # fmt: skip
UNREAD_ROLES = {
    "navigation",
    "banner",
    "contentinfo",
    "search",
    "complementary",
    "menu",
    "menubar",
    "toolbar",
    "dialog",
}
SECTIONS = {"article", "main", "section"}
"""A header or footer in one of these is the section's own, not the site's."""
BLOCKS = {"html", "body", "div", "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "td", "th",
          "caption", "section", "article", "main", "header", "footer", "blockquote", "pre", "form", "fieldset", "legend",
          "figure", "figcaption", "details", "summary", "address", "hr", "center",
          "h1", "h2", "h3", "h4", "h5", "h6"}  # fmt: skip
HEADINGS = {f"h{n}": n - 1 for n in range(1, 7)}
MENU_LINKS = 10
MENU_SHARE = 0.7
"""A list of that many links to pages of the same site, and of little else, is a menu."""
MENU_BLOCKS = {"div", "ul", "ol", "table", "td"}
OTHER_SITE = re.compile(r"(?i)[a-z][a-z0-9+.-]*:|//")
WIDEST = 200
"""Columns of a table; a span may claim any number."""
BREAK = "\u2028"


def read_html(source: Source) -> Content:
    """A page and the title it declares. Raises UnreadableDocument when it is nested too deeply to be read whole."""
    declared = CHARSET.search(source.data[:OPENING])
    charset = (declared[1] or declared[2]).decode() if declared else None
    return page(source, decoded(source.data, charset))


def page(source: Source, text: str) -> Content:
    """The same of text that is decoded already."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    root = etree.fromstring(text.encode("utf-8", "ignore"), parser) if text.strip() else None
    if any("depth" in error.message.lower() for error in parser.error_log):
        raise source.refused(
            "it is nested too deeply; save it from a browser or a word processor again and upload that"
        )
    if root is None:
        return Content([])
    titles = root.xpath("//title[not(ancestor::svg)]")
    title = one_line("".join(titles[0].itertext())) if titles else ""
    _prune(root)
    elements = _walk(root)
    opening = list(islice(elements, 3))
    return Content(chain(opening, elements), title=_full_title(title, opening))


def _full_title(declared: str, opening: Sequence[Element]) -> str:
    """The page's own heading before what it declares: pages of one site often declare only the site's name."""
    first = next((e.text for e in opening if e.kind == "heading" and not e.level), "")
    if not first or not declared or first.lower() in declared.lower():
        return declared
    return first if declared.lower() in first.lower() else f"{first} – {declared}"


def _prune(root: etree._Element) -> None:
    """Takes out what is not shown, and what is the site's instead of the page's."""
    lone = len(root.findall(".//h1")) == 1
    unread = [e for e in root.iter(etree.Element) if e is not root and _unread(e, lone)]
    for element in unread:
        _drop(element)
    for element in _menus(root):
        _drop(element)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _unread(element: etree._Element, lone: bool) -> bool:
    tag = str(element.tag)
    if tag in UNREAD or tag == "head" or is_hidden(element):
        return True
    if tag == "header" and lone and element.find(".//h1") is not None:
        return False
    if tag in ("header", "footer") and not any(e.tag in SECTIONS for e in element.iterancestors()):
        return True
    return (element.get("role") or "").lower() in UNREAD_ROLES


def _menus(root: etree._Element) -> list[etree._Element]:
    """Blocks that are little else than links within the site."""
    menus: list[etree._Element] = []
    sizes: list[tuple[int, int, int]] = [(0, 0, 0)]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            sizes.append((_size(element.text), 0, 0))
            continue
        size, linked, links = sizes.pop()
        if element.tag == "a" and not OTHER_SITE.match(element.get("href", "x:")):
            linked, links = size, 1
        if element.tag in MENU_BLOCKS and links >= MENU_LINKS and linked >= MENU_SHARE * size:
            menus.append(element)
        above = sizes[-1]
        sizes[-1] = (above[0] + size + _size(element.tail), above[1] + linked, above[2] + links)
    return menus


def _size(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


@dataclass(slots=True)
class _Text:
    """The text of the block that is being read."""

    parts: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=lambda: ["p"])
    bold: int = 0
    plain: bool = False
    """Whether a part of it is not bold."""

    def add(self, text: str | None, keeps_lines: bool = False) -> None:
        if text:
            self.parts.append(text.replace("\n", BREAK) if keeps_lines else text)
            self.plain = self.plain or (not self.bold and not text.isspace())

    def taken(self) -> Iterator[Element]:
        text, stands_out = "".join(self.parts), not self.plain
        self.parts.clear()
        self.plain = False
        for block in re.split(rf"{BREAK}\s*{BREAK}", text):
            block = "\n".join(filter(None, (one_line(line) for line in block.split(BREAK))))
            if block:
                yield self._element(block, stands_out)

    def _element(self, text: str, stands_out: bool) -> Element:
        kind = self.kinds[-1]
        if kind in HEADINGS:
            return heading(text, HEADINGS[kind])
        if kind == "li":
            return item(text)
        if stands_out and kind == "p" and heads(text) and "\n" not in text:
            return heading(text.rstrip(":"), BOLD_LEVEL)
        return paragraph_of(text)


def _walk(root: etree._Element) -> Iterator[Element]:
    text = _Text()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = str(element.tag)
        if event == "start" and tag == "table" and _holds_data(element):
            yield from text.taken()
            yield from _table(element)
            walker.skip_subtree()
            text.kinds.append("p")
        elif event == "start":
            if tag in BLOCKS:
                yield from text.taken()
                text.kinds.append(tag if tag in HEADINGS or tag in ("li", "td", "th") else text.kinds[-1])
            text.bold += tag in ("b", "strong")
            text.parts.extend([BREAK] if tag == "br" else [])
            text.add(element.text, tag == "pre")
        else:
            if tag in BLOCKS:
                yield from text.taken()
                text.kinds.pop()
            text.bold -= tag in ("b", "strong")
            text.add(element.tail)
    yield from text.taken()


def _rows(table: etree._Element) -> list[etree._Element]:
    return [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]


def _holds_data(table: etree._Element) -> bool:
    """Whether it is a table to read by rows; many only lay a page out."""
    cells = [[c for c in row if c.tag in ("td", "th")] for row in _rows(table)]
    laid_out = table.find(".//table") is not None or any(table.find(f".//{h}") is not None for h in HEADINGS)
    return not laid_out and max(map(len, cells), default=0) > 1


def _table(table: etree._Element) -> Iterator[Element]:
    rows = _rows(table)
    for caption in table.findall("caption"):
        yield paragraph_of(one_line("".join(caption.itertext())))
    marked = bool(rows) and all(c.tag == "th" or _is_bold(c) for c in rows[0] if c.tag in ("td", "th"))
    yield from table_of(_grid(rows), marked)


def _is_bold(cell: etree._Element) -> bool:
    return not cell.xpath(".//text()[normalize-space() and not(ancestor::b or ancestor::strong)]")


def _grid(rows: list[etree._Element]) -> list[list[Cell]]:
    """The cells; one that spans rows stands in each of them."""
    grid: list[list[Cell]] = []
    below: dict[int, tuple[int, Cell]] = {}
    for row in rows:
        cells: list[Cell] = []
        for cell in [c for c in row if c.tag in ("td", "th")]:
            _fill(cells, below)
            text = in_cell(_blocks(cell))
            for n in range(_span(cell, "colspan")):
                if _span(cell, "rowspan") > 1:
                    below[len(cells)] = (_span(cell, "rowspan") - 1, None if n else text)
                cells.append(None if n else text)
        _fill(cells, below)
        grid.append(cells)
    return grid


def _fill(cells: list[Cell], below: dict[int, tuple[int, Cell]]) -> None:
    while len(cells) in below:
        left, text = below.pop(len(cells))
        if left > 1:
            below[len(cells)] = (left - 1, text)
        cells.append(text)


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return max(1, min(int(value), WIDEST)) if value.isdigit() and len(value) < 6 else 1


def _blocks(cell: etree._Element) -> Iterator[str]:
    """A cell's paragraphs and list items."""
    text = [cell.text or ""]
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if element is cell:
            continue
        if element.tag in BLOCKS or element.tag == "br":
            yield "".join(text)
            text.clear()
        text.append((element.text if event == "start" else element.tail) or "")
    yield "".join(text)
