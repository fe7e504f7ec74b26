"""Pages set in columns, read column by column."""

from collections.abc import Sequence
from itertools import pairwise

from retrievers.readers.lines import Line

BIN = 2.0
"""Points: how finely a gutter is looked for."""
FEWEST = 3
"""Lines that make a column."""
PROSE_LENGTH = 16
PROSE_SHARE = 0.25
"""Lines of prose mostly go on from the line above, in lower case; cells of a table begin anew."""
MOST_CROSSING = 0.4


def in_reading_order(lines: Sequence[Line]) -> list[list[Line]]:
    """The blocks of a page in reading order, each one column wide."""
    gutter = _gutter(lines)
    if gutter is None:
        return [sorted(lines, key=lambda line: (-line.y, line.left))] if lines else []
    left, right, across = _sides(lines, gutter)
    blocks: list[list[Line]] = []
    full: list[Line] = []
    edges = sorted(across, key=lambda line: -line.y)
    for upper, lower in pairwise([None, *edges, None]):
        full += [upper] if upper else []
        sides = [[line for line in side if _between(line, upper, lower)] for side in (left, right)]
        if any(sides):
            blocks.append(full)
            blocks += [block for side in sides for block in in_reading_order(side)]
            full = []
    return [block for block in [*blocks, full] if block]


def _between(line: Line, upper: Line | None, lower: Line | None) -> bool:
    return (upper is None or line.y < upper.y) and (lower is None or line.y >= lower.y)


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where the page parts into columns of prose."""
    if len(lines) < 2 * FEWEST:
        return None
    start, end = min(line.left for line in lines), max(line.right for line in lines)
    covered = [0] * (int((end - start) / BIN) + 2)
    for line in lines:
        for at in range(int((line.left - start) / BIN), int((line.right - start) / BIN) + 1):
            covered[at] += 1
    most = MOST_CROSSING * len(lines)
    inner = range(len(covered) // 8, len(covered) * 7 // 8)
    found = sorted((covered[at], abs(at - len(covered) / 2), at) for at in inner if covered[at] <= most)
    for _, _, at in found[:40]:
        x = start + (at + 0.5) * BIN
        left, right, across = _sides(lines, x)
        if _is_prose(left) and _is_prose(right) and len(across) <= most and _overlap(left, right):
            return x
    return None


def _sides(lines: Sequence[Line], x: float) -> tuple[list[Line], list[Line], list[Line]]:
    left = [line for line in lines if line.right <= x]
    right = [line for line in lines if line.left >= x]
    across = [line for line in lines if line.left < x < line.right]
    return left, right, across


def _is_prose(lines: Sequence[Line]) -> bool:
    if len(lines) < FEWEST:
        return False
    long = sum(len(line.text) for line in lines) >= PROSE_LENGTH * len(lines)
    return long and sum(line.text[:1].islower() for line in lines) >= PROSE_SHARE * len(lines)


def _overlap(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether they stand beside each other for some lines."""
    top = min(max(line.y for line in left), max(line.y for line in right))
    foot = max(min(line.y for line in left), min(line.y for line in right))
    return top - foot > 2 * left[0].size
