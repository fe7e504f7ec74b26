"""Slides: the title, then the texts and tables as they stand, top to bottom."""

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape
from pptx.slide import Slide
from pptx.table import Table
from pptx.text.text import TextFrame, _Paragraph

from retrievers.readers.content import (
    Cell,
    Content,
    Element,
    Source,
    heading,
    in_cell,
    item,
    one_line,
    paragraph,
    plain,
)
from retrievers.readers.content import table as table_of
from retrievers.readers.office import check_package

FURNITURE = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER}
TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
FEWEST = 4
"""Slides on which a text repeats before it can be furniture."""
SMALLEST = 1.0
"""Points: text of one point or less is there to be copied, not to be read."""


def read_pptx(source: Source) -> Content:
    """A slide is a page; hidden slides, footers and what repeats on most slides are left out."""
    check_package(source)
    deck = pptx.Presentation(io.BytesIO(source.data))
    slides = list(deck.slides)
    source.check_pages(len(slides), "slides")
    width, height = deck.slide_width or 0, deck.slide_height or 0
    read: list[list[Element]] = []
    for number, slide in enumerate(slides, 1):
        shown = slide._element.get("show") not in ("0", "false")
        read.append(list(_slide(slide, number, width, height)) if shown else [])
        source.on_page(number, len(slides))
    return Content(list(chain.from_iterable(_unrepeated(read))), len(slides))


def _unrepeated(slides: list[list[Element]]) -> Iterator[Iterable[Element]]:
    counts = Counter(chain.from_iterable({e.text for e in elements if e.kind != "heading"} for elements in slides))
    shown = sum(bool(elements) for elements in slides)
    repeated = {text for text, count in counts.items() if count >= FEWEST and count * 2 > shown}
    for elements in slides:
        yield [e for e in elements if e.kind == "heading" or e.text not in repeated]


def _slide(slide: Slide, number: int, width: int, height: int) -> Iterator[Element]:
    shapes = [s for s in _shapes(slide.shapes) if not _is_off(s, width, height)]
    shapes.sort(key=lambda s: (not _is_title(s), s.top or 0, s.left or 0))
    for shape in shapes:
        if _is_title(shape) and isinstance(shape, Shape):
            yield heading(_frame_text(shape.text_frame), 0, number)
        elif isinstance(shape, GraphicFrame) and shape.has_table:
            yield from table_of(_grid(shape.table), shape.table.first_row, number)
        elif isinstance(shape, Shape) and shape.has_text_frame:
            yield from _paragraphs(shape.text_frame, number)


def _shapes(shapes: Iterable[BaseShape]) -> Iterator[BaseShape]:
    """Those in groups as well; a group's own shapes lie in its measure, so they are taken in its place."""
    waiting = list(shapes)[::-1]
    while waiting:
        shape = waiting.pop()
        shown = shape._element.xpath("boolean(.//p:cNvPr[1][not(@hidden='1' or @hidden='true')])")
        if isinstance(shape, GroupShape):
            waiting.extend(list(shape.shapes)[::-1] if shown else [])
        elif shown and not (shape.is_placeholder and shape.placeholder_format.type in FURNITURE):
            yield shape


def _is_title(shape: BaseShape) -> bool:
    return shape.is_placeholder and shape.placeholder_format.type in TITLES


def _is_off(shape: BaseShape, width: int, height: int) -> bool:
    """Whether it lies wholly beside the slide."""
    if shape.left is None or shape.top is None or not width or _is_grouped(shape):
        return False
    return bool(
        shape.left >= width or shape.top >= height or shape.left + shape.width <= 0 or shape.top + shape.height <= 0
    )


def _is_grouped(shape: BaseShape) -> bool:
    parent = shape._element.getparent()
    return parent is not None and str(parent.tag).endswith("grpSp")


def _paragraphs(frame: TextFrame, number: int) -> Iterator[Element]:
    texts = [(text, p.level) for p in frame.paragraphs if (text := _text(p))]
    for text, level in texts:
        yield item(text, number) if level or len(texts) > 1 else paragraph(text, number)


def _frame_text(frame: TextFrame) -> str:
    return one_line(" ".join(_text(p) for p in frame.paragraphs))


def _text(paragraph: _Paragraph) -> str:
    runs = [run for run in paragraph.runs if run.font.size is None or run.font.size.pt > SMALLEST]
    return plain("".join(run.text for run in runs) if len(runs) < len(paragraph.runs) else paragraph.text).strip()


def _grid(table: Table) -> list[list[Cell]]:
    grid: list[list[Cell]] = []
    for row in table.rows:
        cells: list[Cell] = []
        for at, cell in enumerate(row.cells):
            above = grid[-1][at] if grid else None
            cells.append(None if cell._tc.hMerge else above if cell._tc.vMerge else _cell(cell.text_frame))
        grid.append(cells)
    return grid


def _cell(frame: TextFrame) -> str:
    return in_cell(_text(p) for p in frame.paragraphs)
