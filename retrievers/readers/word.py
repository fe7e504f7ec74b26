"""Word documents: paragraphs, lists and tables in order, without what Word doesn't show."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import docx
from docx.document import Document
from docx.oxml.ns import qn
from lxml.etree import _Element

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
    paragraph,
)
from retrievers.readers.content import table as table_of
from retrievers.readers.office import check_package

P, R, T, TBL, TR, TC = (qn(f"w:{name}") for name in ("p", "r", "t", "tbl", "tr", "tc"))
VAL, FILL = qn("w:val"), qn("w:fill")
PAGE_BREAK, TEXT_BOX = qn("w:lastRenderedPageBreak"), qn("w:txbxContent")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SPACES = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
ON = (None, "1", "true", "on")
SMALLEST = 2
"""Half points: text of one point or less is there to be copied, not to be read."""
TITLE_STYLES = {"title": 0, "subtitle": 8}
CONTENTS_STYLE = re.compile(r"(toc|table of figures|index)\b", re.I)


def read_docx(source: Source) -> Content:
    """Pages are those of Word's last printing, where it noted them."""
    check_package(source)
    document = docx.Document(io.BytesIO(source.data))
    word = _Word(document, next(document.element.body.iter(PAGE_BREAK), None) is not None)
    elements = list(word.elements(document.element.body))
    return Content(elements, word.page if word.paged else None)


@dataclass(frozen=True)
class _Style:
    name: str
    level: int | None
    hidden: bool
    colour: str | None
    size: int | None
    bold: bool


@dataclass
class _Word:
    document: Document
    paged: bool
    page: int = 1

    @cached_property
    def styles(self) -> dict[str, _Style]:
        elements = {e.get(qn("w:styleId"), ""): e for e in self.document.styles.element.iter(qn("w:style"))}
        return {key: _style([elements[name] for name in _ancestry(key, elements)]) for key in elements}

    def elements(self, parent: _Element) -> Iterator[Element]:
        """The blocks of a body or a text box; content controls are looked through."""
        for child in parent:
            if child.tag == P:
                yield from self._paragraph(child)
            elif child.tag == TBL:
                yield from self._table(child)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")):
                yield from self.elements(child)

    def _paragraph(self, p: _Element) -> Iterator[Element]:
        before = self.page
        text, stands_out = self._text(p)
        page = self.page if self.paged else None
        page = before if self.paged and before != self.page and not _breaks_first(p) else page
        style = self._style_of(p)
        level = _outline(p) if _outline(p) is not None else style.level if style else None
        if not text or (style and CONTENTS_STYLE.match(style.name)):
            pass
        elif level is not None and len(text) <= 300:
            yield heading(text, level, page)
        elif p.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None or (style and style.name.startswith("list")):
            yield item(text, page)
        elif heads(text) and "\n" not in text and stands_out:
            yield heading(text.rstrip(":"), BOLD_LEVEL, page)
        else:
            yield paragraph(text, page)
        for box in p.iter(TEXT_BOX):
            if not any(e.tag == FALLBACK for e in box.iterancestors()):
                yield from self.elements(box)

    def _text(self, p: _Element) -> tuple[str, bool]:
        """A paragraph's visible text, and whether all of it is bold."""
        parts: list[str] = []
        bold = True
        style = self._style_of(p)
        for run in p.iter(R):
            if next(run.iterancestors(P), None) is not p or any(e.tag == FALLBACK for e in run.iterancestors()):
                continue
            self.page += len(run.findall(PAGE_BREAK))
            if self._is_hidden(run, p):
                continue
            text = "".join(child.text or "" if child.tag == T else SPACES.get(str(child.tag), "") for child in run)
            parts.append(text)
            bold = bold and (not text.strip() or self._is_bold(run, style))
        return "\n".join(filter(None, map(one_line, "".join(parts).split("\n")))), bold

    def _style_of(self, p: _Element) -> _Style | None:
        named = p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self.styles.get(named.get(VAL, "")) if named is not None else None

    def _is_bold(self, run: _Element, style: _Style | None) -> bool:
        said = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
        return said.get(VAL) in ON if said is not None else bool(style and style.bold)

    def _is_hidden(self, run: _Element, p: _Element) -> bool:
        properties = run.find(qn("w:rPr"))
        named = properties.find(qn("w:rStyle")) if properties is not None else None
        styles = [self._style_of(p), self.styles.get(named.get(VAL, "")) if named is not None else None]
        if any(style and style.hidden for style in styles):
            return True
        own = _style([run]) if properties is not None else None
        told = [style for style in (own, *reversed(styles)) if style]
        size = next((style.size for style in told if style.size is not None), None)
        colour = next((style.colour for style in told if style.colour), None)
        return bool(own and own.hidden) or (size is not None and size <= SMALLEST) or (
            colour is not None and _near_white(colour) and not _is_shaded(run))  # fmt: skip

    def _table(self, table: _Element) -> Iterator[Element]:
        grid: list[list[Cell]] = []
        marked = False
        for number, tr in enumerate(table.iter(TR)):
            if next(tr.iterancestors(TBL), None) is not table:
                continue
            cells = [tc for tc in tr.iter(TC) if next(tc.iterancestors(TR), None) is tr]
            texts = [self._cell(tc) for tc in cells]
            if number == 0:
                said = tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
                bold = len(cells) > 1 and all(b for _, b in texts) and any(t for t, _ in texts)
                marked = bold or (said is not None and said.get(VAL) in ON)
            grid.append(_spread(cells, [text for text, _ in texts], grid[-1] if grid else []))
        yield from table_of(grid, marked, self.page if self.paged else None)

    def _cell(self, tc: _Element) -> tuple[str, bool]:
        """A cell's text with that of tables inside it, and whether all of it is bold."""
        texts = [self._text(p) for p in tc.iter(P)]
        return in_cell(text for text, _ in texts), all(bold for text, bold in texts if text)


def _spread(cells: list[_Element], texts: list[str], above: list[Cell]) -> list[Cell]:
    """A row's cells by column; a cell merged with the one above says the same."""
    spread: list[Cell] = []
    for tc, text in zip(cells, texts, strict=True):
        span = tc.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        merged = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if merged is not None and merged.get(VAL) in (None, "continue") and len(spread) < len(above):
            text = above[len(spread)] or text
        width = span.get(VAL, "1") if span is not None else "1"
        spread += [text, *[None] * (min(int(width), 60) - 1 if width.isdigit() and len(width) < 4 else 0)]
    return spread


def _ancestry(key: str, elements: dict[str, _Element]) -> list[str]:
    names: list[str] = []
    while key in elements and key not in names:
        names.append(key)
        based = elements[key].find(qn("w:basedOn"))
        key = based.get(VAL, "") if based is not None else ""
    return names


def _style(elements: list[_Element]) -> _Style:
    """What a run says, or a style with those it is based on."""

    def said(path: str) -> str | None:
        found = next(
            (f for e in elements if (f := e.find("/".join(qn(f"w:{n}") for n in path.split("/")))) is not None), None
        )
        return None if found is None else found.get(VAL) or "on"

    name = (said("name") or "").lower()
    numbered = re.fullmatch(r"heading (\d)", name)
    outline = said("pPr/outlineLvl")
    level = int(numbered[1]) if numbered else TITLE_STYLES.get(name)
    if level is None and outline and outline.isdigit() and int(outline) < 9:
        level = int(outline) + 1
    size = said("rPr/sz")
    return _Style(
        name=name,
        level=level,
        hidden=said("rPr/vanish") in ON[1:],
        colour=said("rPr/color"),
        size=int(size) if size and size.isdigit() and len(size) < 6 else None,
        bold=said("rPr/b") in ON[1:],
    )


def _outline(p: _Element) -> int | None:
    said = p.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    value = said.get(VAL, "") if said is not None else ""
    return int(value) + 1 if value.isdigit() and int(value) < 9 else None


def _breaks_first(p: _Element) -> bool:
    """Whether the page ended before this paragraph's first word."""
    for e in p.iter(PAGE_BREAK, T):
        return bool(e.tag == PAGE_BREAK)
    return False


def _near_white(colour: str) -> bool:
    return bool(re.fullmatch(r"[Ff][0-9A-Fa-f]" * 3, colour))


def _is_shaded(run: _Element) -> bool:
    """Whether white text has another colour behind it."""
    for element in (run, *run.iterancestors(P, TC, TBL, TEXT_BOX)):
        if element.tag == TEXT_BOX:
            return True
        for name in ("rPr", "pPr", "tcPr", "tblPr"):
            shade = element.find(f"{qn(f'w:{name}')}/{qn('w:shd')}")
            fill = shade.get(FILL, "auto") if shade is not None else "auto"
            if fill != "auto" and not _near_white(fill):
                return True
        style = element.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}") if element.tag == TBL else None
        if style is not None and style.get(VAL) not in ("TableGrid", "TableNormal"):
            return True
    return run.find(f"{qn('w:rPr')}/{qn('w:highlight')}") is not None
