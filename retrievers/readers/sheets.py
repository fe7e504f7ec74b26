"""Workbooks: each sheet is a section, each row a line; formulas by the values Excel saved."""

import datetime
import io
import warnings
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

import openpyxl
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from retrievers.readers.content import Cell, Content, Element, Source, heading, one_line
from retrievers.readers.content import table as table_of
from retrievers.readers.office import check_package

MOST_COLUMNS = 500
"""Wider sheets are data, not text for people."""


def read_xlsx(source: Source) -> Content:
    """Hidden sheets, rows and columns are left out, and so are empty ones."""
    check_package(source)
    with warnings.catch_warnings():
        # openpyxl warns of everything in a workbook that it will not write again.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(source.data), data_only=True, keep_links=False)
    elements: list[Element] = []
    for number, sheet in enumerate(book.worksheets, 1):
        if sheet.sheet_state == "visible":
            elements.extend(_sheet(sheet))
        source.on_page(number, len(book.worksheets))
    return Content(elements)


def _sheet(sheet: Worksheet) -> Iterator[Element]:
    rows = _shown(sheet)
    if rows:
        yield heading(sheet.title, 0)
    # An empty row parts two tables.
    for _, group in groupby(enumerate(sorted(rows)), lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in group]
        columns = sorted({column for number in numbers for column in rows[number]})
        grid: list[list[Cell]] = [[rows[number].get(column, "") for column in columns] for number in numbers]
        yield from table_of(grid, _is_header(sheet, numbers, columns))


def _shown(sheet: Worksheet) -> dict[int, dict[int, Cell]]:
    """The cells that hold something, by row and column. A sheet may claim a million rows: only what is there is looked at."""
    hidden = _hidden_columns(sheet)
    hidden_rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    rows: dict[int, dict[int, Cell]] = defaultdict(dict)
    for (row, column), cell in sheet._cells.items():
        text = _text(cell)
        if text and column not in hidden and row not in hidden_rows and column <= MOST_COLUMNS:
            rows[row][column] = text
    for area in sheet.merged_cells.ranges:
        merged = rows.get(area.min_row, {}).get(area.min_col)
        if merged:
            for row in [r for r in rows if area.min_row <= r <= area.max_row]:
                last = min(area.max_col, MOST_COLUMNS)
                rows[row].update({c: None for c in range(area.min_col + 1, last + 1) if c not in hidden})
                rows[row][area.min_col] = merged
    return rows


def _hidden_columns(sheet: Worksheet) -> set[int]:
    hidden: set[int] = set()
    for width in sheet.column_dimensions.values():
        if width.hidden and width.min and width.max:
            hidden.update(range(width.min, min(width.max, MOST_COLUMNS) + 1))
    return hidden


def _text(cell: ExcelCell | MergedCell) -> str:
    value = getattr(cell, "value", None)
    if value is None or isinstance(value, str):
        return one_line(value or "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d}" if value.time() == datetime.time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        share = "%" in (cell.number_format or "")
        return f"{value * 100:.10g}%" if share else f"{value:.12g}"
    return one_line(str(value))


def _is_header(sheet: Worksheet, numbers: list[int], columns: list[int]) -> bool:
    """Whether the first row is bold, or says in words what rows below say in numbers."""
    first = [sheet.cell(numbers[0], column) for column in columns]
    words = all(isinstance(cell.value, str) for cell in first if cell.value is not None)
    bold = any(cell.font.b for cell in first if cell.value is not None)
    below = [sheet.cell(number, column).value for number in numbers[1:3] for column in columns]
    return words and len(numbers) > 1 and (bold or any(v is not None and not isinstance(v, str) for v in below))
