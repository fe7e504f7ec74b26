"""Lines of text from the pieces in which a PDF draws them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from retrievers.readers.content import one_line

WORD_GAP = 0.14
"""In sizes of the text: a wider gap parts two words."""
CELL_GAP = 1.5
"""In sizes of the text: a wider gap parts two columns or cells."""


@dataclass(frozen=True, slots=True)
class Run:
    """A text that a page draws at once, by its left and right edge and its baseline."""

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool
    page: int


@dataclass(frozen=True, slots=True)
class Line:
    """Text on one baseline without a wide gap in it. Sizes are in half points."""

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool
    page: int

    def followed_by(self, other: "Line") -> "Line":
        """Both as one."""
        return replace(self, text=f"{self.text} {other.text}", right=other.right, bold=self.bold and other.bold)


def lines_of(runs: Sequence[Run]) -> list[Line]:
    """The lines of a page, from its top."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda one: -one.y):
        if rows and abs(rows[-1][0].y - run.y) < 0.4 * max(rows[-1][0].size, run.size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [line for row in rows for line in _parted(sorted(row, key=lambda one: one.left))]


def _parted(row: Sequence[Run]) -> list[Line]:
    lines: list[Line] = []
    group: list[Run] = []
    for run in row:
        if group and run.text == group[-1].text and abs(run.left - group[-1].left) < 0.2 * run.size:
            continue  # drawn twice to look bold, or for its shadow
        if group and run.left - group[-1].right > CELL_GAP * max(run.size, group[-1].size):
            lines.append(_line(group))
            group = []
        group.append(run)
    return [*lines, *([_line(group)] if group else [])]


def _line(runs: Sequence[Run]) -> Line:
    text = runs[0].text
    for before, run in pairwise(runs):
        text += (" " if run.left - before.right > WORD_GAP * run.size else "") + run.text
    longest = max(runs, key=lambda one: len(one.text))
    size = round(longest.size * 2) / 2
    return Line(one_line(text), runs[0].left, runs[-1].right, longest.y, size, all(r.bold for r in runs), longest.page)
