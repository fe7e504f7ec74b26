"""PDF: the text a page shows and where it stands, through PDFium. `layout` makes paragraphs of it."""

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from retrievers.readers.content import Content, Source, plain
from retrievers.readers.layout import elements_of, without_furniture
from retrievers.readers.lines import Run, lines_of

LONGEST_TEXT = 4096
"""Bytes of one text object; a longer one takes a second call."""
SMALLEST = 2.0
"""Points: smaller text is there to be copied, not to be read."""
INVISIBLE = {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}
NEAR = 24
"""Colours whose parts differ less are one to the eye."""
PICTURE = 0.25
"""The share of a page that a picture covers when it is the page's content instead of a logo."""
SCAN = 0.5
DEEPEST = 10
WHITE = (255, 255, 255)
TEXT_RECOGNITION = "run text recognition (OCR) over it first, then upload it"

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Matrix = tuple[float, float, float, float, float, float]
Colour = tuple[int, int, int]


@dataclass(slots=True)
class _Page:
    """What is drawn on a page."""

    box: Box
    runs: list[Run] = field(default_factory=list)
    unseen: list[Run] = field(default_factory=list)
    """Text drawn invisibly: recognised text under a scan, or text that hides."""
    fills: list[tuple[Box, Colour | None]] = field(default_factory=list)
    """What lies behind later text; None is a picture."""
    pictured: float = 0

    @property
    def read(self) -> list[Run]:
        """The visible text; on a scan, what a machine recognised in it."""
        return self.runs or (self.unseen if self.pictured >= SCAN else [])


def read_pdf(source: Source) -> Content:
    """Raises UnreadableDocument also when pages are pictures without text, and DocumentTooLong."""
    try:
        document = pdfium.PdfDocument(source.data)
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise source.refused("it is protected by a password; save it without one and upload that") from None
        raise
    source.check_pages(len(document))
    pages = []
    for number in range(1, len(document) + 1):
        pages.append(_page(document, number))
        source.on_page(number, len(document))
    lines = without_furniture([lines_of(page.read) for page in pages], [page.box for page in pages])
    pictures = [
        n for n, (page, kept) in enumerate(zip(pages, lines, strict=True), 1) if page.pictured >= PICTURE and not kept
    ]
    _check_pictures(source, pictures, any(lines))
    return Content(list(elements_of(lines)), len(document))


def _check_pictures(source: Source, pictures: list[int], has_text: bool) -> None:
    if pictures and not has_text:
        raise source.refused(f"it is made of pictures without text; {TEXT_RECOGNITION}")
    if pictures:
        named = [str(n) for n in pictures[:10]] + ([f"{len(pictures) - 10} more"] if len(pictures) > 10 else [])
        which = f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]
        one = len(pictures) == 1
        told = f"page {which} is a picture" if one else f"pages {which} are pictures"
        raise source.refused(f"{told} without text; {TEXT_RECOGNITION}")


def _page(document: pdfium.PdfDocument, number: int) -> _Page:
    page = document[number - 1]
    textpage = page.get_textpage()
    try:
        left, bottom, right, top = page.get_cropbox()
        turned = _turned(page.get_rotation(), (left, bottom, right, top))
        drawn = _Page(_moved((left, bottom, right, top), turned))
        fonts: dict[int, bool] = {}
        for item, matrix in _objects(page.raw, turned):
            _draw(drawn, item, matrix, textpage.raw, number, fonts)
        return drawn
    finally:
        textpage.close()
        page.close()


def _objects(page: raw.FPDF_PAGE, turned: Matrix) -> Iterator[tuple[raw.FPDF_PAGEOBJECT, Matrix]]:
    """The objects in the order they are painted, with the matrix of the form that holds them."""
    waiting = [(raw.FPDFPage_GetObject(page, n), turned, 0) for n in range(raw.FPDFPage_CountObjects(page))][::-1]
    while waiting:
        item, matrix, depth = waiting.pop()
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_FORM:
            yield item, matrix
        elif depth < DEEPEST:
            inner = _times(_matrix(item), matrix)
            count = raw.FPDFFormObj_CountObjects(item)
            waiting.extend((raw.FPDFFormObj_GetObject(item, n), inner, depth + 1) for n in reversed(range(count)))


def _draw(
    page: _Page,
    item: raw.FPDF_PAGEOBJECT,
    matrix: Matrix,
    textpage: raw.FPDF_TEXTPAGE,
    number: int,
    fonts: dict[int, bool],
) -> None:
    kind = raw.FPDFPageObj_GetType(item)
    box = _bounds(item, matrix)
    if box is None:
        return
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        _write(page, item, box, _times(_matrix(item), matrix), textpage, number, fonts)
    elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
        page.fills.append((box, None))
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            page.pictured += _share(box, page.box)
    elif _is_filled(item):
        colour = _fill_colour(item)
        if colour and colour[3] > 127:
            page.fills.append((box, colour[:3]))


def _write(
    page: _Page,
    item: raw.FPDF_PAGEOBJECT,
    box: Box,
    matrix: Matrix,
    textpage: raw.FPDF_TEXTPAGE,
    number: int,
    fonts: dict[int, bool],
) -> None:
    text = plain(_text(item, textpage))
    size = _number(raw.FPDFTextObj_GetFontSize, item) * math.hypot(matrix[2], matrix[3])
    if not text.strip() or size < SMALLEST or not _is_inside(box, page.box) or _is_slanted(matrix):
        return
    run = Run(text, box[0], box[2], matrix[5], size, _is_bold(item, fonts), number)
    colour = _fill_colour(item)
    mode = raw.FPDFTextObj_GetTextRenderMode(item)
    if mode in INVISIBLE:
        page.unseen.append(run)
    elif mode != raw.FPDF_TEXTRENDERMODE_FILL or colour is None or not _blends_in(page, box, colour):
        page.runs.append(run)


def _text(item: raw.FPDF_PAGEOBJECT, textpage: raw.FPDF_TEXTPAGE) -> str:
    size = LONGEST_TEXT
    while True:
        buffer = ctypes.create_string_buffer(size)
        needed = raw.FPDFTextObj_GetText(item, textpage, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
        if needed <= size:
            return (
                buffer.raw[: max(0, needed - 2)]
                .decode("utf-16-le", "ignore")
                .replace("\x02", "-")
                .replace("\ufffe", "-")
            )
        size = needed


def _blends_in(page: _Page, box: Box, colour: tuple[int, int, int, int]) -> bool:
    """Whether text has the colour of what lies behind it, or none."""
    if colour[3] < NEAR:
        return True
    if not page.fills and max(colour[:3]) < 255 - NEAR:
        return False
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    behind = next(
        (fill for area, fill in reversed(page.fills) if area[0] <= x <= area[2] and area[1] <= y <= area[3]), WHITE
    )
    return behind is not None and all(abs(one - other) < NEAR for one, other in zip(colour[:3], behind, strict=True))


def _is_bold(item: raw.FPDF_PAGEOBJECT, fonts: dict[int, bool]) -> bool:
    font = raw.FPDFTextObj_GetFont(item)
    if not font:
        return False
    key = ctypes.addressof(font.contents)
    if key not in fonts:
        buffer = ctypes.create_string_buffer(128)
        raw.FPDFFont_GetBaseFontName(font, buffer, 128)
        name = buffer.value.decode("utf-8", "ignore").lower()
        fonts[key] = any(word in name for word in ("bold", "black", "heavy")) or raw.FPDFFont_GetWeight(font) >= 600
    return fonts[key]


def _is_filled(item: raw.FPDF_PAGEOBJECT) -> bool:
    if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
        return False
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(item, fill, stroke) and fill.value)


def _fill_colour(item: raw.FPDF_PAGEOBJECT) -> tuple[int, int, int, int] | None:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(item, *parts):
        return None
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def _bounds(item: raw.FPDF_PAGEOBJECT, matrix: Matrix) -> Box | None:
    parts = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *parts):
        return None
    left, bottom, right, top = (part.value for part in parts)
    return _moved((left, bottom, right, top), matrix)


def _matrix(item: raw.FPDF_PAGEOBJECT) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, found):
        return (1, 0, 0, 1, 0, 0)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _number(get: Callable[..., int], item: raw.FPDF_PAGEOBJECT) -> float:
    found = ctypes.c_float()
    return found.value if get(item, found) else 0.0


def _turned(degrees: int, box: Box) -> Matrix:
    """From a page's own measure to how it is shown."""
    width, height = box[0] + box[2], box[1] + box[3]
    turns: dict[int, Matrix] = {
        90: (0, -1, 1, 0, 0, width),
        180: (-1, 0, 0, -1, width, height),
        270: (0, 1, -1, 0, height, 0),
    }
    return turns.get(degrees, (1, 0, 0, 1, 0, 0))


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    if outer == (1, 0, 0, 1, 0, 0):
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(box: Box, matrix: Matrix) -> Box:
    if matrix == (1, 0, 0, 1, 0, 0):
        return box
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in box[::2] for y in box[1::2]]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _is_inside(box: Box, page: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return page[0] <= x <= page[2] and page[1] <= y <= page[3]


def _is_slanted(matrix: Matrix) -> bool:
    """A watermark across the page."""
    angle = math.degrees(math.atan2(matrix[1], matrix[0])) % 90
    return 5 < angle < 85


def _share(box: Box, page: Box) -> float:
    width = min(box[2], page[2]) - max(box[0], page[0])
    height = min(box[3], page[3]) - max(box[1], page[1])
    area = (page[2] - page[0]) * (page[3] - page[1])
    return max(0.0, width) * max(0.0, height) / area if area else 0.0
