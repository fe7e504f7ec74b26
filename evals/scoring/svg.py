"""A picture as SVG: small, the same for the same figures, and for a page in the page's own colours."""

import io
import re
from html import escape
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from evals.scoring.plot import FIRST, INK, PALE, SECOND, Plot, Suites

STYLE: dict[Any, Any] = {
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": PALE,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.fonttype": "none",
}
PAGE_COLOURS = {INK: "currentColor", PALE: "var(--pale)", FIRST: "var(--first)", SECOND: "var(--second)"}
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_ID = re.compile(r' id="([^"]+)"')
_SIZE = re.compile(r' (?:width|height)="[\d.]+pt"')


def picture(plot: Plot, suites: Suites) -> str | None:
    """A file of its own, on white."""
    drawn = _drawn(plot, suites, "white")
    return drawn and f'<?xml version="1.0" encoding="utf-8"?>\n{drawn}'


def inline(plot: Plot, suites: Suites) -> str | None:
    """A part of a page: no ground, the page's colours by CSS, as wide as there is room."""
    drawn = _drawn(plot, suites, "none")
    if drawn is None:
        return None
    for colour, ours in PAGE_COLOURS.items():
        drawn = drawn.replace(colour, ours)
    head, end, rest = drawn.partition(">")
    named = f'{_SIZE.sub("", head)} role="img" aria-label="{escape(plot.title)}"'
    return f"{named}{end}{rest}"


def _drawn(plot: Plot, suites: Suites, ground: str) -> str | None:
    # The salt makes the same figures the same file, and keeps the ids of two pictures on one page apart.
    with matplotlib.rc_context({**STYLE, "svg.hashsalt": f"petraf-{plot.name}"}):
        figure = plot.draw(suites)
        return None if figure is None else _without_ballast(_saved(figure, ground))


def _saved(figure: Figure, ground: str) -> str:
    for axes in figure.axes:
        axes.set_facecolor("none")
    written = io.StringIO()
    figure.savefig(written, format="svg", facecolor=ground, metadata={"Date": None})
    return written.getvalue()


def _without_ballast(drawn: str) -> str:
    """Without prologue, metadata and the ids that nothing refers to, many of which two pictures share."""
    drawn = _METADATA.sub("", drawn[drawn.index("<svg") :])
    return _ID.sub(lambda found: found[0] if f"#{found[1]}" in drawn else "", drawn)
